"""The MCP server: the same jobs as tools, resources and prompts for an AI assistant."""
