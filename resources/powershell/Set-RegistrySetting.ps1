<#
.SYNOPSIS
Sets or removes one of the registry's values that bear on containers, where it is still as it was seen.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [ValidateSet('DisabledComponents', 'VSmbDisableOplocks', 'FDVDenyWriteAccess', 'TestBuildValue')]
    [string] $Setting,

    [string] $Name = '',

    [string] $Expected = '',

    [string] $Value = ''
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$ConfirmPreference = 'None'

function New-ErrorDocument {
    param([System.Management.Automation.ErrorRecord] $Record)
    return @{
        message = "$($Record.Exception.Message)"
        category = "$($Record.CategoryInfo.Category)"
        id = "$($Record.FullyQualifiedErrorId)"
        hresult = '0x{0:X8}' -f $Record.Exception.HResult
    }
}

# ASCII only, so that the text survives whatever code page the way to the reader has.
function Write-Document {
    param([hashtable] $Document)
    $json = ConvertTo-Json -InputObject $Document -Depth 20 -Compress
    $escape = [System.Text.RegularExpressions.MatchEvaluator] {
        param($match)
        '\u{0:x4}' -f [int] [char] $match.Value
    }
    Write-Output -InputObject ([regex]::Replace($json, '[^\x20-\x7e]', $escape))
}

function Stop-Change {
    param([string] $Id, [string] $Message)
    $exception = New-Object -TypeName System.InvalidOperationException -ArgumentList $Message
    $category = [System.Management.Automation.ErrorCategory]::InvalidOperation
    $type = 'System.Management.Automation.ErrorRecord'
    throw (New-Object -TypeName $type -ArgumentList $exception, $Id, $category, $null)
}

function New-Answer {
    param([object] $Before, [object] $After, [string[]] $Notes = @())
    return @{
        ok = $true
        before = $Before
        after = $After
        notes = @($Notes)
    }
}

# Where the setting is. Remove-ItemProperty takes wildcards, so that no other letters are let through.
function Get-Place {
    $containers = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Virtualization\Containers'
    if ($Setting -eq 'TestBuildValue') {
        if ($Name -notmatch '^zz[A-Za-z0-9_]+$') {
            Stop-Change -Id 'NameNotAllowed' -Message "'$Name' is no value of a test build."
        }
        return @{
            path = $containers
            name = $Name
        }
    }
    $paths = @{
        DisabledComponents = 'HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip6\Parameters'
        VSmbDisableOplocks = $containers
        FDVDenyWriteAccess = 'HKLM:\SYSTEM\CurrentControlSet\Policies\Microsoft\FVE'
    }
    return @{
        path = $paths[$Setting]
        name = $Setting
    }
}

# The value as an unsigned number in digits; '' where it is not set.
function Get-SettingState {
    param([hashtable] $Place)
    $state = @{
        name = $Place.name
        value = ''
    }
    if (-not (Test-Path -LiteralPath $Place.path)) {
        return $state
    }
    $key = Get-Item -LiteralPath $Place.path
    if (@($key.GetValueNames()) -notcontains $Place.name) {
        return $state
    }
    if ("$($key.GetValueKind($Place.name))" -ne 'DWord') {
        Stop-Change -Id 'ValueKindUnexpected' -Message "$($Place.name) is no DWORD."
    }
    $bytes = [System.BitConverter]::GetBytes([int] $key.GetValue($Place.name))
    $state.value = "$([System.BitConverter]::ToUInt32($bytes, 0))"
    return $state
}

function Set-Setting {
    param([hashtable] $Place)
    if ($Value -eq '') {
        Remove-ItemProperty -LiteralPath $Place.path -Name $Place.name
        return
    }
    if (-not (Test-Path -LiteralPath $Place.path)) {
        $null = New-Item -Path $Place.path -Force
    }
    # Windows PowerShell takes a DWORD as a signed number only.
    $bytes = [System.BitConverter]::GetBytes([uint32] $Value)
    $signed = [System.BitConverter]::ToInt32($bytes, 0)
    $null = New-ItemProperty -LiteralPath $Place.path -Name $Place.name -PropertyType DWord -Value $signed -Force
}

function Invoke-Change {
    $place = Get-Place
    $before = Get-SettingState -Place $place
    if ($before.value -eq $Value) {
        return New-Answer -Before $before -After $before -Notes 'already-so'
    }
    if ($before.value -ne $Expected) {
        Stop-Change -Id 'SettingChanged' -Message "$($place.name) is '$($before.value)' now, and was '$Expected'."
    }
    $change.made = $true
    Set-Setting -Place $place
    $after = Get-SettingState -Place $place
    if ($Setting -eq 'DisabledComponents') {
        return New-Answer -Before $before -After $after -Notes 'restart-needed'
    }
    return New-Answer -Before $before -After $after
}

$change = @{ made = $false }
try {
    $answer = Invoke-Change
} catch {
    $answer = @{
        ok = $false
        error = New-ErrorDocument -Record $_
    }
}
$answer.schema = 1
$answer.changed = $change.made
Write-Document -Document $answer
