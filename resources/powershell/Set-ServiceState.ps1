<#
.SYNOPSIS
Starts, stops or restarts one service that container networking rests on.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [ValidateSet(
        'docker', 'com.docker.service', 'hns', 'vmcompute', 'vfpext', 'winnat',
        'mpssvc', 'BFE', 'SharedAccess', 'nvagent', 'vmms'
    )]
    [string] $Service,

    [Parameter(Mandatory = $true)]
    [ValidateSet('Start', 'Stop', 'Restart')]
    [string] $Action
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

function Get-ServiceState {
    $current = Get-Service -Name $Service
    $dependents = @($current.DependentServices | Where-Object -FilterScript { "$($_.Status)" -eq 'Running' })
    return @{
        name = "$($current.Name)"
        status = "$($current.Status)"
        startType = "$($current.StartType)"
        dependents = @($dependents | ForEach-Object -Process { "$($_.Name)" })
    }
}

# What can't be started again is reported, and is no reason to call the restart a failure.
function Start-Dependents {
    param([string[]] $Names)
    $note = 'dependents-restarted'
    foreach ($name in $Names) {
        try {
            Start-Service -Name $name
        } catch {
            $note = 'dependents-not-restarted'
        }
    }
    return $note
}

function Test-Done {
    param([hashtable] $State)
    if ($Action -eq 'Start') {
        return $State.status -eq 'Running'
    }
    return $Action -eq 'Stop' -and $State.status -eq 'Stopped'
}

function Invoke-Change {
    $before = Get-ServiceState
    if (Test-Done -State $before) {
        return New-Answer -Before $before -After $before -Notes 'already-so'
    }
    $change.made = $true
    $notes = @()
    if ($Action -ne 'Start' -and $before.status -ne 'Stopped') {
        Stop-Service -Name $Service -Force
        $notes += 'dependents-stopped'
    }
    if ($Action -ne 'Stop') {
        Start-Service -Name $Service
    }
    if (@($before.dependents).Count -eq 0) {
        $notes = @()
    } elseif ($Action -eq 'Restart') {
        $notes = @(Start-Dependents -Names $before.dependents)
    }
    return New-Answer -Before $before -After (Get-ServiceState) -Notes $notes
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
