<#
.SYNOPSIS
Sets the MTU of one interface for IPv4, be it the host's own or in a container's compartment.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [int] $InterfaceIndex,

    [Parameter(Mandatory = $true)]
    [string] $InterfaceAlias,

    [Parameter(Mandatory = $true)]
    [ValidateRange(576, 65535)]
    [int] $Mtu
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

# Both must be true of it: after a restart another interface may have the number.
function Get-NamedInterface {
    $all = @(Get-NetIPInterface -AddressFamily IPv4 -IncludeAllCompartments)
    $found = @($all | Where-Object -FilterScript { $_.InterfaceIndex -eq $InterfaceIndex })
    $named = @($found | Where-Object -FilterScript { "$($_.InterfaceAlias)" -eq $InterfaceAlias })
    if ($named.Count -ne 1) {
        Stop-Change -Id 'InterfaceNotFound' -Message "There is no interface $InterfaceIndex named '$InterfaceAlias'."
    }
    return $named[0]
}

function Get-MtuState {
    param([object] $Interface)
    return @{
        index = [int] $Interface.InterfaceIndex
        alias = "$($Interface.InterfaceAlias)"
        mtu = [long] $Interface.NlMtu
    }
}

function Invoke-Change {
    Assert-Command -Name 'Set-NetIPInterface'
    $interface = Get-NamedInterface
    $before = Get-MtuState -Interface $interface
    if ($before.mtu -eq $Mtu) {
        return New-Answer -Before $before -After $before -Notes 'already-so'
    }
    $change.made = $true
    Set-NetIPInterface -InputObject $interface -NlMtuBytes $Mtu -Confirm:$false
    return New-Answer -Before $before -After (Get-MtuState -Interface (Get-NamedInterface))
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
