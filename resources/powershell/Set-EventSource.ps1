<#
.SYNOPSIS
Registers the Docker Engine as a source of the Application event log, or takes that away.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [bool] $Registered
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

function Get-SourceState {
    param([string] $Path)
    if (-not (Test-Path -LiteralPath $Path)) {
        return $null
    }
    $file = (Get-Item -LiteralPath $Path).GetValue('EventMessageFile')
    return @{
        name = 'docker'
        messageFile = "$file"
    }
}

# The messages are in the engine's own program, which its service knows.
function Get-EngineProgram {
    $service = 'HKLM:\SYSTEM\CurrentControlSet\Services\docker'
    if (-not (Test-Path -LiteralPath $service)) {
        Stop-Change -Id 'ServiceMissing' -Message 'There is no service docker on this host.'
    }
    $line = "$((Get-Item -LiteralPath $service).GetValue('ImagePath'))"
    if ($line -match '^\s*"([^"]+)"') {
        return $Matches[1]
    }
    if ($line -match '^\s*(.+?\.exe)(\s|$)') {
        return $Matches[1]
    }
    Stop-Change -Id 'ProgramUnknown' -Message "The service docker is started by '$line'."
}

function Invoke-Change {
    $path = 'HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\Application\docker'
    $before = Get-SourceState -Path $path
    if (($null -ne $before) -eq $Registered) {
        return New-Answer -Before $before -After $before -Notes 'already-so'
    }
    if ($Registered) {
        $program = Get-EngineProgram
        $change.made = $true
        $null = New-Item -Path $path -Force
        $null = New-ItemProperty -LiteralPath $path -Name 'CustomSource' -PropertyType DWord -Value 1
        $null = New-ItemProperty -LiteralPath $path -Name 'EventMessageFile' -PropertyType String -Value $program
        $null = New-ItemProperty -LiteralPath $path -Name 'TypesSupported' -PropertyType DWord -Value 7
    } else {
        $change.made = $true
        Remove-Item -LiteralPath $path -Recurse
    }
    return New-Answer -Before $before -After (Get-SourceState -Path $path)
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
