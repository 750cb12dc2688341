<#
.SYNOPSIS
Enables or disables one rule of Windows Firewall, by its exact name.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [ValidateNotNullOrEmpty()]
    [string] $RuleName,
    [Parameter(Mandatory = $true)]
    [bool] $Enabled
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

function Get-Text {
    param([object] $From, [string] $Name)
    $property = $From.PSObject.Properties[$Name]
    if ($null -eq $property) {
        return ''
    }
    return "$($property.Value)"
}

function Get-RuleState {
    param([object] $Rule)
    return @{
        id = Get-Text -From $Rule -Name 'InstanceID'
        title = Get-Text -From $Rule -Name 'DisplayName'
        enabled = (Get-Text -From $Rule -Name 'Enabled') -in @('True', '1')
        action = Get-Text -From $Rule -Name 'Action'
    }
}

# The host's own rules: what group policy brings can't be changed here.
function Find-FirewallRule {
    try {
        return @(Get-NetFirewallRule -Name $RuleName | Where-Object -FilterScript { $_.InstanceID -eq $RuleName })
    } catch {
        if ("$($_.FullyQualifiedErrorId)" -notlike 'CmdletizationQuery_NotFound*') {
            throw
        }
        return @()
    }
}

function Invoke-Change {
    Assert-Command -Name 'Get-NetFirewallRule'
    $found = @(Find-FirewallRule)
    if ($found.Count -eq 0) {
        Stop-Change -Id 'RuleNotFound' -Message "This host has no rule '$RuleName' of its own."
    }
    $before = Get-RuleState -Rule $found[0]
    if ($before.enabled -eq $Enabled) {
        return New-Answer -Before $before -After $before -Notes 'already-so'
    }
    $change.made = $true
    if ($Enabled) {
        $null = $found[0] | Enable-NetFirewallRule -Confirm:$false
    } else {
        $null = $found[0] | Disable-NetFirewallRule -Confirm:$false
    }
    return New-Answer -Before $before -After (Get-RuleState -Rule @(Find-FirewallRule)[0])
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
