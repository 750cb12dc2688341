#Requires -Version 5.1
<#
.SYNOPSIS
Installs a package that dev.py package has built, uses it, and takes it away again. Run as an administrator.

.DESCRIPTION
Ends with an error at the first thing that is not as it must be. Reports and pictures are in
.build/package/windows/proof.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [ValidateSet('Setup', 'Msi')]
    [string] $Kind
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$name = 'Container Network Console'
$built = Join-Path $PSScriptRoot '../.build/package/windows'
$proof = Join-Path $built 'proof'
$data = Join-Path $env:LOCALAPPDATA $name
$null = New-Item -ItemType Directory -Force -Path $proof

function Assert-True {
    param([bool] $Condition, [string] $What)
    if (-not $Condition) {
        throw "This is not so: $What"
    }
    Write-Output "ok: $What"
}

function Invoke-Program {
    param([string] $File, [string[]] $Words)
    $process = Start-Process -FilePath $File -ArgumentList $Words -Wait -PassThru
    return $process.ExitCode
}

function Get-Entry {
    $keys = @(
        'HKCU:\Software\Microsoft\Windows\CurrentVersion\Uninstall\*'
        'HKLM:\Software\Microsoft\Windows\CurrentVersion\Uninstall\*'
    )
    return @(Get-ItemProperty -Path $keys | Where-Object { $_.PSObject.Properties['DisplayName'] -and $_.DisplayName -eq $name })
}

# What a person has made must be there in the end.
$null = New-Item -ItemType Directory -Force -Path $data
$kept = Join-Path $data 'kept-by-uninstall.txt'
Set-Content -Path $kept -Value 'a person made this'

# Install, twice: the second time is an upgrade in place.
if ($Kind -eq 'Setup') {
    $package = (Get-Item -Path (Join-Path $built '*-setup.exe')).FullName
    $folder = Join-Path $env:LOCALAPPDATA "Programs\$name"
    Assert-True ((Invoke-Program $package @('/S', '/CurrentUser')) -eq 0) 'the set-up installs silently'
    Assert-True ((Invoke-Program $package @('/S')) -eq 0) 'the set-up upgrades in place'
}
else {
    $package = (Get-Item -Path (Join-Path $built '*.msi')).FullName
    $folder = Join-Path $env:ProgramFiles $name
    $log = Join-Path $proof 'msi-install.log'
    $words = @('/i', "`"$package`"", '/qn', '/l*v', "`"$log`"")
    Assert-True ((Invoke-Program 'msiexec.exe' $words) -eq 0) 'Windows Installer installs silently'
    $words = @('/fa', "`"$package`"", '/qn')
    Assert-True ((Invoke-Program 'msiexec.exe' $words) -eq 0) 'Windows Installer repairs'
}
$entries = Get-Entry
Assert-True ($entries.Count -eq 1) 'there is one entry among the installed programs'
$window = Join-Path $folder 'wcn-console.exe'
$terminal = Join-Path $folder 'wcn.exe'
foreach ($program in @($window, $terminal)) {
    Assert-True (Test-Path -Path $program) "$program is there"
    $version = (Get-Item -Path $program).VersionInfo.ProductVersion
    Assert-True ($version -eq $entries[0].DisplayVersion) "$program is version $version"
    if (Test-Path -Path 'Env:WCN_SIGNING_THUMBPRINT') {
        $signature = Get-AuthenticodeSignature -FilePath $program
        Assert-True ($null -ne $signature.SignerCertificate) "$program is signed"
    }
}

# The programs prove themselves whole.
foreach ($program in @($terminal, $window)) {
    $report = Join-Path $proof "$Kind-$((Get-Item -Path $program).BaseName).json"
    $code = Invoke-Program $program @('--self-test', '--report', "`"$report`"")
    Get-Content -Path $report | Write-Output
    Assert-True ($code -eq 0) "$program passes its self-test"
}

# The window opens on the practice host, on the real screen, and a set-up leaves it alone meanwhile.
$wanted = $env:QT_QPA_PLATFORM
$env:QT_QPA_PLATFORM = 'windows'
$running = Start-Process -FilePath $window -ArgumentList @('--practice') -PassThru
$env:QT_QPA_PLATFORM = $wanted
$until = (Get-Date).AddSeconds(60)
while (-not $running.MainWindowTitle -and (Get-Date) -lt $until) {
    Start-Sleep -Milliseconds 200
    $running.Refresh()
}
Assert-True ($running.MainWindowTitle -like "*$name*") "the window says '$($running.MainWindowTitle)'"
Add-Type -AssemblyName System.Windows.Forms
Add-Type -AssemblyName System.Drawing
$screen = [System.Windows.Forms.Screen]::PrimaryScreen.Bounds
$picture = New-Object System.Drawing.Bitmap $screen.Width, $screen.Height
$graphics = [System.Drawing.Graphics]::FromImage($picture)
$graphics.CopyFromScreen($screen.Location, [System.Drawing.Point]::Empty, $screen.Size)
$picture.Save((Join-Path $proof "$Kind-window.png"))
if ($Kind -eq 'Setup') {
    Assert-True ((Invoke-Program $package @('/S')) -eq 3) 'the set-up refuses while the program runs'
}
$null = $running.CloseMainWindow()
Assert-True ($running.WaitForExit(30000)) 'the window ends when it is closed'
Assert-True ($running.ExitCode -eq 0) 'it ends with 0'

# Take it away.
if ($Kind -eq 'Setup') {
    $uninstaller = Join-Path $folder 'uninstall.exe'
    Assert-True ((Invoke-Program $uninstaller @('/S', '/Scope=user')) -eq 0) 'it uninstalls silently'
}
else {
    Assert-True ((Invoke-Program 'msiexec.exe' @('/x', "`"$package`"", '/qn')) -eq 0) 'it uninstalls silently'
}
$until = (Get-Date).AddSeconds(60)
while ((Test-Path -Path $window) -and (Get-Date) -lt $until) {
    Start-Sleep -Milliseconds 200
}
Assert-True (-not (Test-Path -Path $window)) 'the program is gone'
Assert-True ((Get-Entry).Count -eq 0) 'its entry is gone'
Assert-True (Test-Path -Path $kept) 'what a person made is kept'
Remove-Item -Path $kept
