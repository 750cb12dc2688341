<#
.SYNOPSIS
Allows or forbids MAC address spoofing for one adapter of one virtual machine.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $VMName,

    [Parameter(Mandatory = $true)]
    [string] $AdapterName,

    [string] $MacAddress,

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

function Get-NamedMachine {
    $machines = @(Get-VM | Where-Object -FilterScript { $_.Name -eq $VMName })
    if ($machines.Count -eq 0) {
        Stop-Change -Id 'MachineNotFound' -Message "This host has no virtual machine '$VMName'."
    }
    if ($machines.Count -gt 1) {
        Stop-Change -Id 'MachineAmbiguous' -Message "Several virtual machines are named '$VMName'."
    }
    return $machines[0]
}

function Get-MachineAdapter {
    $machine = Get-NamedMachine
    $all = @(Get-VMNetworkAdapter -VM $machine)
    $found = @($all | Where-Object -FilterScript { $_.Name -eq $AdapterName })
    if ($MacAddress) {
        $digits = $MacAddress -replace '[-:.]', ''
        $found = @($found | Where-Object -FilterScript { "$($_.MacAddress)" -eq $digits })
    }
    if ($found.Count -eq 0) {
        Stop-Change -Id 'AdapterNotFound' -Message "'$VMName' has no such adapter '$AdapterName'."
    }
    if ($found.Count -gt 1) {
        Stop-Change -Id 'AdapterAmbiguous' -Message "Several adapters of '$VMName' are named '$AdapterName'."
    }
    return $found[0]
}

function Get-SpoofingState {
    param([object] $Adapter)
    return @{
        name = "$($Adapter.Name)"
        macAddress = "$($Adapter.MacAddress)"
        spoofing = "$($Adapter.MacAddressSpoofing)"
    }
}

function Invoke-Change {
    Assert-Command -Name 'Get-VMNetworkAdapter'
    $wanted = 'Off'
    if ($Enabled) {
        $wanted = 'On'
    }
    $adapter = Get-MachineAdapter
    $before = Get-SpoofingState -Adapter $adapter
    if ($before.spoofing -eq $wanted) {
        return New-Answer -Before $before -After $before -Notes 'already-so'
    }
    $change.made = $true
    $null = Set-VMNetworkAdapter -VMNetworkAdapter $adapter -MacAddressSpoofing $wanted
    return New-Answer -Before $before -After (Get-SpoofingState -Adapter (Get-MachineAdapter))
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
