<#
.SYNOPSIS
Removes one NAT of Windows (WinNAT), by its exact name; one that is gone already is no error.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [ValidateNotNullOrEmpty()]
    [string] $NatName
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

function Get-NatState {
    param([object] $Nat)
    return @{
        name = Get-Text -From $Nat -Name 'Name'
        internalPrefix = Get-Text -From $Nat -Name 'InternalIPInterfaceAddressPrefix'
    }
}

function Find-Nat {
    return @(Get-NetNat | Where-Object -FilterScript { $null -ne $_ -and $_.Name -eq $NatName })
}

function Invoke-Change {
    Assert-Command -Name 'Get-NetNat'
    $found = @(Find-Nat)
    if ($found.Count -eq 0) {
        return New-Answer -Before $null -After $null -Notes 'already-gone'
    }
    $before = Get-NatState -Nat $found[0]
    $change.made = $true
    $null = $found[0] | Remove-NetNat -Confirm:$false
    if (@(Find-Nat).Count -gt 0) {
        Stop-Change -Id 'StillThere' -Message "Windows still has the NAT '$NatName'."
    }
    return New-Answer -Before $before -After $null
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
