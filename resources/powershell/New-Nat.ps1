<#
.SYNOPSIS
Makes a NAT of Windows (WinNAT) for one internal prefix.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [ValidateNotNullOrEmpty()]
    [string] $NatName,
    [Parameter(Mandatory = $true)]
    [ValidatePattern('^\d{1,3}(\.\d{1,3}){3}/\d{1,2}$')]
    [string] $Prefix
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
    Assert-Command -Name 'New-NetNat'
    $found = @(Find-Nat)
    if ($found.Count -gt 0) {
        $before = Get-NatState -Nat $found[0]
        if ($before.internalPrefix -eq $Prefix) {
            return New-Answer -Before $before -After $before -Notes 'already-so'
        }
        Stop-Change -Id 'NatExists' -Message "There is a NAT '$NatName' for $($before.internalPrefix) already."
    }
    $change.made = $true
    $null = New-NetNat -Name $NatName -InternalIPInterfaceAddressPrefix $Prefix -Confirm:$false
    return New-Answer -Before $null -After (Get-NatState -Nat @(Find-Nat)[0])
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
