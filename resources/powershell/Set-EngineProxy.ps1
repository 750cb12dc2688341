<#
.SYNOPSIS
Sets the proxies in the environment of the service docker, or takes them away, and restarts it.
#>
[CmdletBinding()]
param(
    [string] $Http = '',

    [string] $Https = '',

    [string] $Bypass = ''
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

function Hide-Credentials {
    param([string] $Address)
    return $Address -replace '(?s)^([a-zA-Z][a-zA-Z0-9+.-]*://)?.*@', '$1***@'
}

function Get-LineValue {
    param([string[]] $Lines, [string] $Name)
    foreach ($line in $Lines) {
        if ($line -like "$Name=*") {
            return $line.Substring($Name.Length + 1)
        }
    }
    return ''
}

function Get-EnvironmentLines {
    param([string] $Service)
    if (-not (Test-Path -LiteralPath $Service)) {
        Stop-Change -Id 'ServiceMissing' -Message 'There is no service docker on this host.'
    }
    foreach ($line in @((Get-Item -LiteralPath $Service).GetValue('Environment'))) {
        if ($null -ne $line) {
            "$line"
        }
    }
}

# Proxies may hold passwords: those of others are never told.
function Get-ProxyState {
    param([string[]] $Lines)
    return @{
        http = Hide-Credentials -Address (Get-LineValue -Lines $Lines -Name 'HTTP_PROXY')
        https = Hide-Credentials -Address (Get-LineValue -Lines $Lines -Name 'HTTPS_PROXY')
        bypass = Get-LineValue -Lines $Lines -Name 'NO_PROXY'
    }
}

function Get-NewLines {
    param([string[]] $Lines)
    foreach ($line in $Lines) {
        if ($line -notmatch '^(HTTP_PROXY|HTTPS_PROXY|NO_PROXY)=') {
            $line
        }
    }
    $wanted = @{
        HTTP_PROXY = $Http
        HTTPS_PROXY = $Https
        NO_PROXY = $Bypass
    }
    foreach ($name in 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY') {
        if ($wanted[$name] -ne '') {
            "$name=$($wanted[$name])"
        }
    }
}

function Invoke-Change {
    $service = 'HKLM:\SYSTEM\CurrentControlSet\Services\docker'
    $lines = @(Get-EnvironmentLines -Service $service)
    $before = Get-ProxyState -Lines $lines
    $wanted = @(Get-NewLines -Lines $lines)
    if (($lines -join "`n") -eq ($wanted -join "`n")) {
        return New-Answer -Before $before -After $before -Notes 'already-so'
    }
    # What somebody else set could not be put back: its password is not told.
    if ("$Http$Https" -ne '' -and "$($before.http)$($before.https)" -ne '') {
        Stop-Change -Id 'ProxyThere' -Message 'The service docker has a proxy already.'
    }
    $change.made = $true
    if ($wanted.Count -eq 0) {
        Remove-ItemProperty -LiteralPath $service -Name 'Environment'
    } else {
        $kind = 'MultiString'
        $null = New-ItemProperty -LiteralPath $service -Name 'Environment' -PropertyType $kind -Value $wanted -Force
    }
    # A service that does not run gets its new environment when it is started.
    if ("$((Get-Service -Name 'docker').Status)" -eq 'Running') {
        Restart-Service -Name 'docker' -Force
    }
    return New-Answer -Before $before -After (Get-ProxyState -Lines @(Get-EnvironmentLines -Service $service))
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
