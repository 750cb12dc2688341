<#
.SYNOPSIS
Sets the access VLAN of one vNIC of the host; 0 takes it away.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $AdapterId,

    [Parameter(Mandatory = $true)]
    [ValidateRange(0, 4094)]
    [int] $VlanId
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

function Get-NamedVNic {
    $bare = Get-BareId -Id $AdapterId
    $all = @(Get-VMNetworkAdapter -ManagementOS)
    $found = @($all | Where-Object -FilterScript { (Get-BareId -Id $_.DeviceId) -eq $bare })
    if ($found.Count -ne 1) {
        Stop-Change -Id 'VNicNotFound' -Message "The host has no vNIC $bare."
    }
    return $found[0]
}

function Get-VlanState {
    param([object] $VNic)
    $vlan = Get-VMNetworkAdapterVlan -VMNetworkAdapter $VNic
    return @{
        id = Get-BareId -Id $VNic.DeviceId
        name = "$($VNic.Name)"
        mode = "$($vlan.OperationMode)"
        vlan = [int] $vlan.AccessVlanId
    }
}

function Test-Vlan {
    param([hashtable] $State)
    if ($VlanId -eq 0) {
        return $State.mode -eq 'Untagged'
    }
    return $State.mode -eq 'Access' -and $State.vlan -eq $VlanId
}

function Invoke-Change {
    Assert-Command -Name 'Get-VMNetworkAdapterVlan'
    $vnic = Get-NamedVNic
    $before = Get-VlanState -VNic $vnic
    if (Test-Vlan -State $before) {
        return New-Answer -Before $before -After $before -Notes 'already-so'
    }
    $change.made = $true
    if ($VlanId -eq 0) {
        $null = Set-VMNetworkAdapterVlan -VMNetworkAdapter $vnic -Untagged
    } else {
        $null = Set-VMNetworkAdapterVlan -VMNetworkAdapter $vnic -Access -VlanId $VlanId
    }
    return New-Answer -Before $before -After (Get-VlanState -VNic (Get-NamedVNic))
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
