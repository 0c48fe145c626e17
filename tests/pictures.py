"""Small true pictures, and files that only claim to be some."""

import struct
import zlib


def png(width: int = 4, height: int = 3, *, colour: tuple[int, int, int] = (40, 90, 160)) -> bytes:
    """A PNG of one colour with a darker diagonal, so that its proportions can be seen."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            on_line = abs(x * height - y * width) < max(width, height)
            rows += bytes(each // 2 for each in colour) if on_line else bytes(colour)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
AVIF = b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
