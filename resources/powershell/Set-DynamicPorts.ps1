<#
.SYNOPSIS
Sets the range of ports that Windows gives to programs which ask for no certain one.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [ValidateSet('TCP', 'UDP')]
    [string] $Protocol,

    [Parameter(Mandatory = $true)]
    [ValidateRange(1025, 65280)]
    [int] $First,

    [Parameter(Mandatory = $true)]
    [ValidateRange(255, 64511)]
    [int] $Count
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

function Assert-Command {
    param([string] $Name)
    if (-not (Get-Command -Name $Name -ErrorAction SilentlyContinue)) {
        Stop-Change -Id 'CommandMissing' -Message "This host has no $Name."
    }
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

function Get-RangeState {
    if ($Protocol -eq 'TCP') {
        $range = @(Get-NetTCPSetting -SettingName 'Internet')[0]
    } else {
        $range = @(Get-NetUDPSetting)[0]
    }
    return @{
        protocol = $Protocol
        first = [int] $range.DynamicPortRangeStartPort
        count = [int] $range.DynamicPortRangeNumberOfPorts
    }
}

function Invoke-Change {
    Assert-Command -Name 'Get-NetTCPSetting'
    Assert-Command -Name 'netsh.exe'
    if ($First + $Count -gt 65536) {
        Stop-Change -Id 'RangeTooLong' -Message "There are no ports beyond 65535."
    }
    $before = Get-RangeState
    if ($before.first -eq $First -and $before.count -eq $Count) {
        return New-Answer -Before $before -After $before -Notes 'already-so'
    }
    $change.made = $true
    $said = @(netsh.exe interface ipv4 set dynamicport $Protocol "start=$First" "num=$Count")
    if ($LASTEXITCODE -ne 0) {
        Stop-Change -Id 'NetshFailed' -Message "netsh: $said"
    }
    return New-Answer -Before $before -After (Get-RangeState)
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
