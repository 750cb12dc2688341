#Requires -Version 5.1
<#
.SYNOPSIS
Installs a package that dev.py package has built, uses it, upgrades it, and takes it away again.

.DESCRIPTION
Run as an administrator, after dev.py package and dev.py package --newer. Ends with an error at the first thing that
is not as it must be. Reports and pictures are in .build/package/windows/proof.

.PARAMETER Kind
Setup: the set-up for this account. SetupMachine: the set-up for all accounts. Msi: the Windows Installer package.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [ValidateSet('Setup', 'SetupMachine', 'Msi')]
    [string] $Kind
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$name = 'Container Network Console'
$ownKey = 'Software\ContainerNetworkConsole'
$newerVersion = '99.0.0'
$built = Join-Path $PSScriptRoot '../.build/package/windows'
$newer = Join-Path $built 'newer'
$proof = Join-Path $built 'proof'
$data = Join-Path $env:LOCALAPPDATA $name
$folder = Join-Path $env:ProgramFiles $name
$root = 'HKLM:'
$scope = 'machine'
$forWhom = '/AllUsers'
if ($Kind -eq 'Setup') {
    $folder = Join-Path $env:LOCALAPPDATA "Programs\$name"
    $root = 'HKCU:'
    $scope = 'user'
    $forWhom = '/CurrentUser'
}
$window = Join-Path $folder 'wcn-console.exe'
$terminal = Join-Path $folder 'wcn.exe'
$uninstaller = Join-Path $folder 'uninstall.exe'
# Exit codes of the set-up (packaging/setup.nsi) and of Windows Installer.
$isRunning = 3
$packageInstalled = 4
$fatalError = 1603

function Assert-True {
    param([bool] $Condition, [string] $What)
    if (-not $Condition) {
        throw "This is not so: $What"
    }
    Write-Output "ok: $What"
}

function Assert-Signed {
    param([string] $File)
    if (-not (Test-Path -Path 'Env:WCN_SIGNING_THUMBPRINT')) {
        return
    }
    $signature = Get-AuthenticodeSignature -FilePath $File
    $signer = $signature.SignerCertificate
    $ours = $null -ne $signer -and $signer.Thumbprint -eq $env:WCN_SIGNING_THUMBPRINT
    # Whether this computer trusts the certificate is another matter.
    Assert-True ($ours -and "$($signature.Status)" -ne 'HashMismatch') "$File is signed by us"
}

function Invoke-Program {
    param([string] $File, [string[]] $Words)
    $process = Start-Process -FilePath $File -ArgumentList $Words -Wait -PassThru
    return $process.ExitCode
}

function Get-BuiltFile {
    param([string] $In, [string] $Like)
    $found = @(Get-Item -Path (Join-Path $In $Like))
    if ($found.Count -ne 1) {
        throw "There is not exactly one $Like in $In"
    }
    return $found[0].FullName
}

function Invoke-Setup {
    param([string] $In, [string[]] $Words)
    return Invoke-Program (Get-BuiltFile $In '*-setup.exe') (@('/S') + $Words)
}

function Invoke-WindowsInstaller {
    param([string] $In, [string] $Verb)
    $package = Get-BuiltFile $In '*.msi'
    $log = Join-Path $proof "msi-$((Get-Item -Path $package).BaseName)$($Verb -replace '/', '-').log"
    return Invoke-Program 'msiexec.exe' @($Verb, "`"$package`"", '/qn', '/l*v', "`"$log`"")
}

# What is returned is taken apart where there is one or none: callers put it into @() again.
function Get-Entry {
    $keys = @(
        'HKCU:\Software\Microsoft\Windows\CurrentVersion\Uninstall\*'
        'HKLM:\Software\Microsoft\Windows\CurrentVersion\Uninstall\*'
    )
    Get-ItemProperty -Path $keys | Where-Object -FilterScript {
        $_.PSObject.Properties['DisplayName'] -and $_.DisplayName -eq $name
    }
}

function Assert-Installed {
    param([string] $Version)
    $entries = @(Get-Entry)
    Assert-True ($entries.Count -eq 1) 'there is one entry among the installed programs'
    Assert-True ($entries[0].DisplayVersion -eq $Version) "it says version $Version"
    $value = 'SetupInstallDir'
    if ($Kind -eq 'Msi') {
        $value = 'MsiInstallDir'
    }
    $known = (Get-ItemProperty -Path "$root\$ownKey").$value
    Assert-True ($known.TrimEnd('\') -eq $folder) "the 64-bit registry says $folder"
    Assert-True (-not (Test-Path -Path 'HKLM:\Software\WOW6432Node\ContainerNetworkConsole')) 'the 32-bit one nothing'
}

# The programs prove themselves whole.
function Assert-Whole {
    param([string] $Program, [string] $When)
    $report = Join-Path $proof "$Kind-$((Get-Item -Path $Program).BaseName)-$When.json"
    $code = Invoke-Program $Program @('--self-test', '--report', "`"$report`"")
    Get-Content -Path $report | Write-Output
    Assert-True ($code -eq 0) "$Program passes its self-test $When"
}

function Save-Screen {
    param([string] $File)
    Add-Type -AssemblyName System.Windows.Forms
    Add-Type -AssemblyName System.Drawing
    $screen = [System.Windows.Forms.Screen]::PrimaryScreen.Bounds
    $picture = New-Object System.Drawing.Bitmap $screen.Width, $screen.Height
    $graphics = [System.Drawing.Graphics]::FromImage($picture)
    $graphics.CopyFromScreen($screen.Location, [System.Drawing.Point]::Empty, $screen.Size)
    $picture.Save($File)
}

$null = New-Item -ItemType Directory -Force -Path $proof
# What a person has made must be there in the end.
$null = New-Item -ItemType Directory -Force -Path $data
$kept = Join-Path $data 'kept-by-uninstall.txt'
Set-Content -Path $kept -Value 'a person made this'

# Install, and once more over it.
if ($Kind -eq 'Msi') {
    Assert-Signed (Get-BuiltFile $built '*.msi')
    Assert-True ((Invoke-WindowsInstaller $built '/i') -eq 0) 'Windows Installer installs silently'
    Assert-True ((Invoke-WindowsInstaller $built '/fa') -eq 0) 'Windows Installer repairs'
    Assert-True ((Invoke-Setup $built @('/AllUsers')) -eq $packageInstalled) 'the set-up leaves its place to it'
} else {
    Assert-Signed (Get-BuiltFile $built '*-setup.exe')
    Assert-True ((Invoke-Setup $built @($forWhom)) -eq 0) 'the set-up installs silently'
    Assert-True ((Invoke-Setup $built @()) -eq 0) 'the set-up finds its scope again'
    Assert-Signed $uninstaller
}
if ($Kind -eq 'SetupMachine') {
    Assert-True ((Invoke-WindowsInstaller $built '/i') -eq $fatalError) 'the other package leaves its place to it'
}
$version = (Get-Item -Path $window).VersionInfo.ProductVersion
$shown = $version
if ($Kind -eq 'Msi') {
    $shown = [regex]::Match($version, '^[\d.]+').Value # Windows Installer knows numbers only
}
Assert-Installed $shown
foreach ($program in @($terminal, $window)) {
    Assert-True ((Get-Item -Path $program).VersionInfo.ProductVersion -eq $version) "$program is version $version"
    Assert-Signed $program
    Assert-Whole $program 'installed'
}

# The window opens on the practice host, on the real screen, and a set-up leaves it alone meanwhile.
$wanted = $env:QT_QPA_PLATFORM
$env:QT_QPA_PLATFORM = 'windows'
$running = Start-Process -FilePath $window -ArgumentList @('--practice') -PassThru
$env:QT_QPA_PLATFORM = $wanted
$null = $running.Handle # without it the exit code is not kept
$until = (Get-Date).AddSeconds(60)
while (-not $running.MainWindowTitle -and (Get-Date) -lt $until) {
    Start-Sleep -Milliseconds 200
    $running.Refresh()
}
Assert-True ($running.MainWindowTitle -like "*$name*") "the window says '$($running.MainWindowTitle)'"
Save-Screen (Join-Path $proof "$Kind-window.png")
if ($Kind -ne 'Msi') {
    Assert-True ((Invoke-Setup $built @()) -eq $isRunning) 'the set-up refuses while the program runs'
}
$null = $running.CloseMainWindow()
Assert-True ($running.WaitForExit(30000)) 'the window ends when it is closed'
Assert-True ($running.ExitCode -eq 0) 'it ends with 0'

# A newer version takes its place.
if ($Kind -eq 'Msi') {
    Assert-True ((Invoke-WindowsInstaller $newer '/i') -eq 0) 'a newer package upgrades'
    Assert-True ((Invoke-WindowsInstaller $built '/i') -eq $fatalError) 'an older package is refused'
} else {
    Assert-True ((Invoke-Setup $newer @()) -eq 0) 'a newer set-up upgrades'
}
Assert-Installed $newerVersion
Assert-Whole $terminal 'upgraded'

# Take it away.
if ($Kind -eq 'Msi') {
    Assert-True ((Invoke-WindowsInstaller $newer '/x') -eq 0) 'it uninstalls silently'
} else {
    Assert-True ((Invoke-Program $uninstaller @('/S', "/Scope=$scope")) -eq 0) 'it uninstalls silently'
}
# The uninstaller goes on as a copy of itself; the entry is what it takes away last.
$until = (Get-Date).AddSeconds(60)
while (@(Get-Entry).Count -gt 0 -and (Get-Date) -lt $until) {
    Start-Sleep -Milliseconds 200
}
Assert-True (@(Get-Entry).Count -eq 0) 'its entry is gone'
Assert-True (-not (Test-Path -Path $window)) 'the program is gone'
Assert-True (Test-Path -Path $kept) 'what a person made is kept'
Remove-Item -Path $kept
