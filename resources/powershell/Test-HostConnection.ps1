<#
.SYNOPSIS
Tries from the host itself whether a TCP port answers, or a ping where the port is 0. It changes nothing.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $Address,

    [Parameter(Mandatory = $true)]
    [int] $Port
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

# The errors of Winsock by their number, which is the same in every language; others are no answer.
function Get-ReachOfError {
    param([int] $Code)
    if ($Code -eq 10061) {
        return 'refused'
    }
    if ($Code -eq 11001 -or $Code -eq 11004) {
        return 'unknown-name'
    }
    return 'no-answer'
}

function Get-SocketError {
    param([System.Exception] $Exception)
    $current = $Exception
    while ($null -ne $current) {
        if ($current -is [System.Net.Sockets.SocketException]) {
            return [int] $current.SocketErrorCode
        }
        $current = $current.InnerException
    }
    return 0
}

# The first IPv4 address of a name, or the address itself; empty where the name is not known.
function Resolve-Target {
    try {
        foreach ($found in [System.Net.Dns]::GetHostAddresses($Address)) {
            if ("$($found.AddressFamily)" -eq 'InterNetwork') {
                return "$found"
            }
        }
    } catch {
        if ((Get-SocketError -Exception $_.Exception) -eq 0) {
            throw
        }
    }
    return ''
}

function Test-Ping {
    param([string] $Target)
    $ping = New-Object -TypeName System.Net.NetworkInformation.Ping
    try {
        if ("$($ping.Send($Target, 2000).Status)" -eq 'Success') {
            return 'connected'
        }
        return 'no-answer'
    } finally {
        $ping.Dispose()
    }
}

function Test-Port {
    param([string] $Target)
    $client = New-Object -TypeName System.Net.Sockets.TcpClient
    try {
        $waiting = $client.BeginConnect($Target, $Port, $null, $null)
        if (-not $waiting.AsyncWaitHandle.WaitOne(3000)) {
            return 'no-answer'
        }
        $client.EndConnect($waiting)
        return 'connected'
    } catch {
        return Get-ReachOfError -Code (Get-SocketError -Exception $_.Exception)
    } finally {
        $client.Close()
    }
}

function New-Trial {
    param([string] $Reach, [string] $Target)
    return @{
        ok = $true
        reach = $Reach
        address = $Target
    }
}

function Get-Trial {
    $target = Resolve-Target
    if ($target -eq '') {
        return New-Trial -Reach 'unknown-name' -Target ''
    }
    if ($Port -eq 0) {
        return New-Trial -Reach (Test-Ping -Target $target) -Target $target
    }
    return New-Trial -Reach (Test-Port -Target $target) -Target $target
}

try {
    $answer = Get-Trial
} catch {
    $answer = @{
        ok = $false
        error = New-ErrorDocument -Record $_
    }
}
$answer.schema = 1
Write-Document -Document $answer
