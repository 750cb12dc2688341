<#
.SYNOPSIS
Has Windows take a change back after a while, unless Confirm-Watchdog.ps1 is run before.

What is to be done stands in HKEY_LOCAL_MACHINE, which only administrators write; the one value that
others may set there says that a person confirmed the change. No value becomes part of a command.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [ValidatePattern('^[0-9a-f]{32}$')]
    [string] $WatchId,

    [Parameter(Mandatory = $true)]
    [ValidateSet('RemoveSwitch', 'MakeSwitch', 'ShareSwitch', 'SetVlan')]
    [string] $Rescue,

    [Parameter(Mandatory = $true)]
    [ValidateRange(30, 600)]
    [int] $Seconds,

    [string[]] $Adapters = @(),

    [string] $SwitchName = '',

    [string] $AdapterId = '',

    [ValidateRange(0, 4094)]
    [int] $VlanId = 0
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

# What the task runs: resources/powershell/parts/Invoke-Rescue.ps1, letter for letter.
$rescueText = @'
<#
.SYNOPSIS
Takes back every watched change that is due and that nobody confirmed. Start-Watchdog.ps1 carries this text.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$ConfirmPreference = 'None'

function Get-NewSwitch {
    param([string[]] $Adapters, [string[]] $Known)
    $descriptions = @(Get-NetAdapter | Where-Object -FilterScript { $Adapters -contains $_.Name } |
        ForEach-Object -Process { "$($_.InterfaceDescription)" })
    foreach ($found in @(Get-VMSwitch -SwitchType 'External')) {
        $bound = @($found.NetAdapterInterfaceDescriptions | Where-Object -FilterScript { $descriptions -contains $_ })
        if ($bound.Count -gt 0 -and $Known -notcontains "$($found.Id)") {
            $found
        }
    }
}

function Remove-NewSwitch {
    param([object] $Watch)
    foreach ($found in @(Get-NewSwitch -Adapters @($Watch.Adapters) -Known @($Watch.Known))) {
        # A vSwitch of HNS goes with its network; one that somebody else made is removed itself.
        if (Get-Command -Name 'Get-HnsNetwork' -ErrorAction SilentlyContinue) {
            Get-HnsNetwork | Where-Object -FilterScript { $_.Name -eq $found.Name } | Remove-HnsNetwork
        }
        $left = @(Get-VMSwitch | Where-Object -FilterScript { $_.Id -eq $found.Id })
        if ($left.Count -gt 0) {
            Remove-VMSwitch -VMSwitch $left[0] -Force
        }
    }
}

function Restore-Switch {
    param([object] $Watch)
    $there = @(Get-VMSwitch | Where-Object -FilterScript { $_.Name -eq $Watch.SwitchName })
    if ($there.Count -eq 0) {
        $names = @($Watch.Adapters)
        $team = $names.Count -gt 1
        $name = "$($Watch.SwitchName)"
        $null = New-VMSwitch -Name $name -NetAdapterName $names -AllowManagementOS $true -EnableEmbeddedTeaming $team
    }
}

function Restore-Vlan {
    param([object] $Watch)
    $bare = "$($Watch.AdapterId)" -replace '[{}]', ''
    foreach ($vnic in @(Get-VMNetworkAdapter -ManagementOS)) {
        if (("$($vnic.DeviceId)" -replace '[{}]', '') -ne $bare) {
            continue
        }
        if ($Watch.VlanId -eq 0) {
            $null = Set-VMNetworkAdapterVlan -VMNetworkAdapter $vnic -Untagged
        } else {
            $null = Set-VMNetworkAdapterVlan -VMNetworkAdapter $vnic -Access -VlanId $Watch.VlanId
        }
    }
}

function Invoke-Rescue {
    param([object] $Watch)
    if ($Watch.Rescue -eq 'RemoveSwitch') {
        Remove-NewSwitch -Watch $Watch
    }
    if ($Watch.Rescue -eq 'MakeSwitch') {
        Restore-Switch -Watch $Watch
    }
    if ($Watch.Rescue -eq 'ShareSwitch') {
        Set-VMSwitch -Name $Watch.SwitchName -AllowManagementOS $true
    }
    if ($Watch.Rescue -eq 'SetVlan') {
        Restore-Vlan -Watch $Watch
    }
}

function Complete-Watch {
    param([string] $Path)
    $watch = Get-ItemProperty -Path $Path
    $answer = Get-ItemProperty -Path "$Path\Answer"
    if ($answer.Confirmed -eq 1) {
        Set-ItemProperty -Path $Path -Name 'State' -Value 'confirmed'
        return
    }
    try {
        Invoke-Rescue -Watch $watch
        Set-ItemProperty -Path $Path -Name 'State' -Value 'taken-back'
    } catch {
        Set-ItemProperty -Path $Path -Name 'State' -Value 'failed'
        Set-ItemProperty -Path $Path -Name 'Problem' -Value "$($_.Exception.Message)"
    }
}

$root = 'HKLM:\SOFTWARE\Container Network Console\Watchdogs'
$now = [datetime]::UtcNow.Ticks
foreach ($key in @(Get-ChildItem -Path $root)) {
    $path = "$root\$($key.PSChildName)"
    $watch = Get-ItemProperty -Path $path
    if ($watch.State -eq 'armed' -and [long] $watch.Due -le $now) {
        Complete-Watch -Path $path
        Unregister-ScheduledTask -TaskName "Container Network Console $($key.PSChildName)" -Confirm:$false
    }
}
'@

$root = 'HKLM:\SOFTWARE\Container Network Console\Watchdogs'

# Everybody who is signed in may say that the change shall stay, and nothing else.
function Grant-Answer {
    param([string] $Path)
    $null = New-Item -Path $Path -Force
    $null = New-ItemProperty -Path $Path -Name 'Confirmed' -Value 0 -PropertyType 'DWord' -Force
    $users = New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList 'S-1-5-32-545'
    $rights = [System.Security.AccessControl.RegistryRights] 'ReadKey, SetValue'
    $allow = [System.Security.AccessControl.AccessControlType]::Allow
    $type = 'System.Security.AccessControl.RegistryAccessRule'
    $list = Get-Acl -Path $Path
    $list.AddAccessRule((New-Object -TypeName $type -ArgumentList $users, $rights, $allow))
    Set-Acl -Path $Path -AclObject $list
}

function Set-Watch {
    param([string] $Path, [datetime] $Due)
    $known = @(Get-VMSwitch | ForEach-Object -Process { "$($_.Id)" })
    $null = New-Item -Path $Path -Force
    $null = New-ItemProperty -Path $Path -Name 'Rescue' -Value $Rescue -PropertyType 'String'
    $null = New-ItemProperty -Path $Path -Name 'Adapters' -Value @($Adapters) -PropertyType 'MultiString'
    $null = New-ItemProperty -Path $Path -Name 'Known' -Value $known -PropertyType 'MultiString'
    $null = New-ItemProperty -Path $Path -Name 'SwitchName' -Value $SwitchName -PropertyType 'String'
    $null = New-ItemProperty -Path $Path -Name 'AdapterId' -Value $AdapterId -PropertyType 'String'
    $null = New-ItemProperty -Path $Path -Name 'VlanId' -Value $VlanId -PropertyType 'DWord'
    $ticks = $Due.ToUniversalTime().Ticks
    $null = New-ItemProperty -Path $Path -Name 'Due' -Value $ticks -PropertyType 'QWord'
    Grant-Answer -Path "$Path\Answer"
    $null = New-ItemProperty -Path $Path -Name 'State' -Value 'armed' -PropertyType 'String'
}

function Register-Rescue {
    param([datetime] $Due)
    $program = "$env:SystemRoot\System32\WindowsPowerShell\v1.0\powershell.exe"
    $command = "& ([scriptblock]::Create((Get-ItemProperty -Path '$root').Rescue))"
    $words = '-NoProfile -NonInteractive -ExecutionPolicy Bypass -Command "' + $command + '"'
    $name = "Container Network Console $WatchId"
    $action = New-ScheduledTaskAction -Execute $program -Argument $words
    # A second late rather than early: what is not due yet is left alone.
    $trigger = New-ScheduledTaskTrigger -Once -At $Due.AddSeconds(1)
    $account = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -LogonType 'ServiceAccount' -RunLevel 'Highest'
    $set = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -StartWhenAvailable
    $null = Register-ScheduledTask -TaskName $name -Action $action -Trigger $trigger -Principal $account -Settings $set
}

function Invoke-Change {
    Assert-Command -Name 'Get-VMSwitch'
    Assert-Command -Name 'Register-ScheduledTask'
    Assert-Command -Name 'New-ScheduledTaskAction'
    Assert-Command -Name 'Get-Acl'
    Assert-Command -Name 'Set-Acl'
    $due = (Get-Date).AddSeconds($Seconds)
    $change.made = $true
    $null = New-Item -Path $root -Force
    $null = New-ItemProperty -Path $root -Name 'Rescue' -Value $rescueText -PropertyType 'String' -Force
    Set-Watch -Path "$root\$WatchId" -Due $due
    Register-Rescue -Due $due
    return New-Answer -Before $null -After @{ due = $due.ToUniversalTime().ToString('o') }
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
