<#
.SYNOPSIS
Removes one vSwitch, named exactly; one that is gone already is no error.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $SwitchName,

    [string] $SwitchId
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

function Get-Text {
    param([object] $From, [string] $Name)
    $property = $From.PSObject.Properties[$Name]
    if ($null -eq $property) {
        return ''
    }
    return "$($property.Value)"
}

function Get-SwitchState {
    param([object] $VSwitch)
    return @{
        id = Get-BareId -Id $VSwitch.Id
        name = "$($VSwitch.Name)"
        kind = "$($VSwitch.SwitchType)"
        allowManagementOS = [bool] $VSwitch.AllowManagementOS
        embeddedTeaming = (Get-Text -From $VSwitch -Name 'EmbeddedTeamingEnabled') -eq 'True'
    }
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

function Get-ConnectedCount {
    param([object] $VSwitch)
    $machines = @(Get-VM)
    if ($machines.Count -eq 0) {
        return 0
    }
    $adapters = @(Get-VMNetworkAdapter -VM $machines)
    return @($adapters | Where-Object -FilterScript { $_.SwitchId -eq $VSwitch.Id }).Count
}

function Invoke-Change {
    Assert-Command -Name 'Get-VMSwitch'
    $vswitch = Find-VSwitch -Name $SwitchName -Id $SwitchId
    if ($null -eq $vswitch) {
        return New-Answer -Before $null -After $null -Notes 'already-gone'
    }
    $before = Get-SwitchState -VSwitch $vswitch
    $notes = @()
    if ((Get-ConnectedCount -VSwitch $vswitch) -gt 0) {
        $notes += 'machines-disconnected'
    }
    if ($before.kind -eq 'External' -and $before.allowManagementOS) {
        $notes += 'host-connection-interrupted'
    }
    $change.made = $true
    Remove-VMSwitch -VMSwitch $vswitch -Force
    return New-Answer -Before $before -After $null -Notes $notes
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
