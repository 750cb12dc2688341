<#
.SYNOPSIS
Removes one network from HNS, by its exact id; one that is gone already is no error.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [ValidatePattern('^\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?$')]
    [string] $NetworkId
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

function Get-NetworkState {
    param([object] $Network)
    return @{
        id = Get-BareId -Id $Network.ID
        name = Get-Text -From $Network -Name 'Name'
        type = Get-Text -From $Network -Name 'Type'
    }
}

function Find-HnsNetwork {
    $bare = Get-BareId -Id $NetworkId
    return @(Get-HnsNetwork | Where-Object -FilterScript { $null -ne $_ -and (Get-BareId -Id $_.ID) -eq $bare })
}

function Invoke-Change {
    Assert-Command -Name 'Get-HnsNetwork'
    $found = @(Find-HnsNetwork)
    if ($found.Count -eq 0) {
        return New-Answer -Before $null -After $null -Notes 'already-gone'
    }
    $before = Get-NetworkState -Network $found[0]
    $change.made = $true
    $null = $found[0] | Remove-HnsNetwork
    if (@(Find-HnsNetwork).Count -gt 0) {
        Stop-Change -Id 'StillThere' -Message "HNS still has the network $($before.id)."
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
