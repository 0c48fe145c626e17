# Shows one notification: the first argument is its title, the second its text.
$ErrorActionPreference = "Stop"
$manager = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$toast = [Windows.UI.Notifications.ToastNotification, Windows.UI.Notifications, ContentType = WindowsRuntime]
$page = $manager::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)
$places = $page.GetElementsByTagName("text")
for ($at = 0; $at -lt 2; $at++) {
    $places.Item($at).AppendChild($page.CreateTextNode($args[$at])) | Out-Null
}
# A program without an entry in the start menu may not notify, so PowerShell's own name is lent.
$lent = "{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\WindowsPowerShell\v1.0\powershell.exe"
$manager::CreateToastNotifier($lent).Show($toast::new($page))
