<#
.SYNOPSIS
Enables or disables one extension, by its id, on one vSwitch.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $SwitchName,

    [string] $SwitchId,

    [Parameter(Mandatory = $true)]
    [string] $ExtensionId,

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

function Get-BareId {
    param([object] $Id)
    return "$Id" -replace '[{}]', ''
}

function Find-VSwitch {
    param([string] $Name, [string] $Id)
    $named = @(Get-VMSwitch | Where-Object -FilterScript { $_.Name -eq $Name })
    if ($Id) {
        $bare = Get-BareId -Id $Id
        $named = @($named | Where-Object -FilterScript { (Get-BareId -Id $_.Id) -eq $bare })
    }
    if ($named.Count -gt 1) {
        Stop-Change -Id 'SwitchAmbiguous' -Message "Several vSwitches are named '$Name'."
    }
    if ($named.Count -eq 0) {
        return $null
    }
    return $named[0]
}

function Get-NamedSwitch {
    param([string] $Name, [string] $Id)
    $vswitch = Find-VSwitch -Name $Name -Id $Id
    if ($null -eq $vswitch) {
        Stop-Change -Id 'SwitchNotFound' -Message "There is no vSwitch '$Name' $Id"
    }
    return $vswitch
}

function Get-NamedExtension {
    param([object] $VSwitch)
    $bare = Get-BareId -Id $ExtensionId
    $all = @(Get-VMSwitchExtension -VMSwitch $VSwitch)
    $found = @($all | Where-Object -FilterScript { (Get-BareId -Id $_.Id) -eq $bare })
    if ($found.Count -ne 1) {
        Stop-Change -Id 'ExtensionNotFound' -Message "The vSwitch '$SwitchName' has no extension $bare."
    }
    return $found[0]
}

function Get-ExtensionState {
    param([object] $Extension)
    return @{
        id = Get-BareId -Id $Extension.Id
        name = "$($Extension.Name)"
        enabled = [bool] $Extension.Enabled
        running = [bool] $Extension.Running
    }
}

function Invoke-Change {
    Assert-Command -Name 'Get-VMSwitchExtension'
    $vswitch = Get-NamedSwitch -Name $SwitchName -Id $SwitchId
    $extension = Get-NamedExtension -VSwitch $vswitch
    $before = Get-ExtensionState -Extension $extension
    if ($before.enabled -eq $Enabled) {
        return New-Answer -Before $before -After $before -Notes 'already-so'
    }
    $change.made = $true
    if ($Enabled) {
        $null = Enable-VMSwitchExtension -VMSwitchExtension $extension
    } else {
        $null = Disable-VMSwitchExtension -VMSwitchExtension $extension
    }
    $after = Get-ExtensionState -Extension (Get-NamedExtension -VSwitch $vswitch)
    $notes = @()
    if ($after.enabled -and -not $after.running) {
        $notes += 'extension-not-running'
    }
    return New-Answer -Before $before -After $after -Notes $notes
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
