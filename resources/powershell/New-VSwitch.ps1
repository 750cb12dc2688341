<#
.SYNOPSIS
Creates a vSwitch, unless one of that name is there already.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $SwitchName,

    [Parameter(Mandatory = $true)]
    [ValidateSet('External', 'Internal', 'Private')]
    [string] $Kind,

    [string[]] $Adapters = @(),

    [bool] $AllowManagementOS = $true,

    [bool] $EmbeddedTeaming = $false
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

function Get-HostAdapter {
    param([string] $Name)
    $adapter = @(Get-NetAdapter | Where-Object -FilterScript { $_.Name -eq $Name })
    if ($adapter.Count -ne 1) {
        Stop-Change -Id 'AdapterNotFound' -Message "There is no network adapter '$Name'."
    }
    return $adapter[0]
}

function Assert-Unbound {
    param([object] $Adapter)
    $bindings = @(Get-NetAdapterBinding | Where-Object -FilterScript { $_.ComponentID -eq 'vms_pp' })
    $bound = @($bindings | Where-Object -FilterScript { $_.Name -eq $Adapter.Name -and $_.Enabled })
    if ($bound.Count -gt 0) {
        Stop-Change -Id 'AdapterTaken' -Message "The network adapter '$($Adapter.Name)' is bound to a vSwitch already."
    }
}

# An existing vSwitch counts as the wanted one only if it is bound to just the wanted adapters.
function Test-SameAdapters {
    param([object] $VSwitch, [object[]] $Wanted)
    if ("$($VSwitch.SwitchType)" -ne 'External') {
        return $true
    }
    $bound = @($VSwitch.NetAdapterInterfaceDescriptions | Sort-Object)
    $asked = @($Wanted | ForEach-Object -Process { $_.InterfaceDescription } | Sort-Object)
    return ($bound -join '|') -eq ($asked -join '|')
}

function Assert-Wish {
    param([string[]] $Names)
    if ($Kind -ne 'External' -and $Names.Count -gt 0) {
        Stop-Change -Id 'AdapterNotWanted' -Message "A vSwitch of kind $Kind has no network adapters."
    }
    if ($Kind -eq 'External' -and $Names.Count -eq 0) {
        Stop-Change -Id 'AdapterNeeded' -Message 'An external vSwitch needs a network adapter.'
    }
    if ($Names.Count -gt 1 -and -not $EmbeddedTeaming) {
        Stop-Change -Id 'TeamingNeeded' -Message 'Several network adapters need embedded teaming.'
    }
}

function New-ExternalSwitch {
    param([string[]] $Names)
    $shared = $AllowManagementOS
    if ($EmbeddedTeaming) {
        New-VMSwitch -Name $SwitchName -NetAdapterName $Names -AllowManagementOS $shared -EnableEmbeddedTeaming $true
    } else {
        New-VMSwitch -Name $SwitchName -NetAdapterName $Names -AllowManagementOS $shared
    }
}

function Invoke-Change {
    Assert-Command -Name 'Get-VMSwitch'
    Assert-Command -Name 'Get-NetAdapter'
    $names = @($Adapters | Where-Object -FilterScript { $_ })
    Assert-Wish -Names $names
    $wanted = @($names | ForEach-Object -Process { Get-HostAdapter -Name $_ })
    $found = @(Get-VMSwitch | Where-Object -FilterScript { $_.Name -eq $SwitchName })
    if ($found.Count -gt 0) {
        $there = Get-SwitchState -VSwitch $found[0]
        $same = Test-SameAdapters -VSwitch $found[0] -Wanted $wanted
        if ($found.Count -gt 1 -or $there.kind -ne $Kind -or -not $same) {
            Stop-Change -Id 'SwitchNameTaken' -Message "A vSwitch '$SwitchName' of another kind is there already."
        }
        return New-Answer -Before $there -After $there -Notes 'already-so'
    }
    foreach ($adapter in $wanted) {
        Assert-Unbound -Adapter $adapter
    }
    $change.made = $true
    if ($Kind -eq 'External') {
        $made = Get-SwitchState -VSwitch (New-ExternalSwitch -Names $names)
        $note = 'host-connection-interrupted'
        if (-not $AllowManagementOS) {
            $note = 'host-lost-adapter'
        }
        return New-Answer -Before $null -After $made -Notes $note
    }
    $made = New-VMSwitch -Name $SwitchName -SwitchType $Kind
    return New-Answer -Before $null -After (Get-SwitchState -VSwitch $made)
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
