<#
.SYNOPSIS
Lets a change stay that Start-Watchdog.ps1 has Windows take back otherwise. Needs no administrator.

Says how the watchdog stands then: it is too late where the time is up or the change is being taken back.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [ValidatePattern('^[0-9a-f]{32}$')]
    [string] $WatchId
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

# Null where the host has no such watchdog, or one that was never armed.
function Get-Watch {
    $path = "HKLM:\SOFTWARE\Container Network Console\Watchdogs\$WatchId"
    if (-not (Test-Path -Path "$path\Answer")) {
        return $null
    }
    $watch = Get-ItemProperty -Path $path
    $state = Get-Text -From $watch -Name 'State'
    if ($state -eq '') {
        return $null
    }
    # The task writes that it was confirmed only when it is due.
    $confirmed = Get-Text -From (Get-ItemProperty -Path "$path\Answer") -Name 'Confirmed'
    if ($state -eq 'armed' -and $confirmed -eq '1') {
        $state = 'confirmed'
    }
    $left = ([long] $watch.Due - [datetime]::UtcNow.Ticks) / [timespan]::TicksPerSecond
    return @{
        state = $state
        secondsLeft = [int] [math]::Max(0, [math]::Floor($left))
        problem = Get-Text -From $watch -Name 'Problem'
    }
}

function Invoke-Change {
    $before = Get-Watch
    if ($null -eq $before) {
        return New-Answer -Before $null -After $null -Notes 'already-gone'
    }
    if ($before.state -eq 'confirmed') {
        return New-Answer -Before $before -After $before -Notes 'already-so'
    }
    if ($before.state -ne 'armed' -or $before.secondsLeft -eq 0) {
        return New-Answer -Before $before -After $before -Notes 'watchdog-acted'
    }
    $change.made = $true
    $path = "HKLM:\SOFTWARE\Container Network Console\Watchdogs\$WatchId"
    Set-ItemProperty -Path "$path\Answer" -Name 'Confirmed' -Value 1
    # The task says first that it acts and looks at the answer after that: if it does not act yet, it will
    # find this one.
    return New-Answer -Before $before -After (Get-Watch)
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
