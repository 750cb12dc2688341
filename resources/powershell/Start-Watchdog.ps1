<#
.SYNOPSIS
Has Windows take a change back after a while, unless Confirm-Watchdog.ps1 is run before.

What is to be done stands in HKEY_LOCAL_MACHINE, which only administrators write; the one value that
others may set there says that a person confirmed the change. No value becomes part of a command.
A watchdog that could not be armed whole leaves nothing behind.
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

# Empty for a value that is not there.
function Get-Text {
    param([object] $From, [string] $Name)
    if ($null -eq $From -or $null -eq $From.PSObject.Properties[$Name]) {
        return ''
    }
    return "$($From.PSObject.Properties[$Name].Value)"
}

function Get-BareId {
    param([object] $Id)
    return "$Id" -replace '[{}]', ''
}

# A network of HNS that is new and binds a watched adapter. One that names none got its adapter from Windows.
function Test-NewNetwork {
    param([object] $Network, [object] $Watch)
    $binding = @('transparent', 'l2bridge', 'l2tunnel', 'overlay')
    if ($binding -notcontains (Get-Text -From $Network -Name 'Type')) {
        return $false
    }
    if (@($Watch.KnownNetworks) -contains (Get-BareId -Id $Network.ID)) {
        return $false
    }
    $named = @((Get-Text -From $Network -Name 'NetworkAdapterName') -split ',' | ForEach-Object -Process { $_.Trim() })
    $watched = @($named | Where-Object -FilterScript { $_ -eq '' -or @($Watch.Adapters) -contains $_ })
    return $watched.Count -gt 0
}

function Get-NewSwitch {
    param([object] $Watch)
    $descriptions = @(Get-NetAdapter | Where-Object -FilterScript { @($Watch.Adapters) -contains $_.Name } |
        ForEach-Object -Process { "$($_.InterfaceDescription)" })
    foreach ($found in @(Get-VMSwitch -SwitchType 'External')) {
        $bound = @($found.NetAdapterInterfaceDescriptions | Where-Object -FilterScript { $descriptions -contains $_ })
        if ($bound.Count -gt 0 -and @($Watch.KnownSwitches) -notcontains "$($found.Id)") {
            $found
        }
    }
}

# The vSwitch of a network goes with it, and the adapter gets its addresses back (microsoft/SDN#498).
function Remove-NewNetwork {
    param([object] $Watch)
    if ($null -eq $Watch.PSObject.Properties['KnownNetworks']) {
        return
    }
    $made = @(Get-HnsNetwork | Where-Object -FilterScript {
            $null -ne $_ -and (Test-NewNetwork -Network $_ -Watch $Watch) })
    foreach ($network in $made) {
        $null = $network | Remove-HnsNetwork
    }
    return $made.Count
}

# A vSwitch that somebody made without HNS, or that HNS has left behind.
function Remove-NewSwitch {
    param([object] $Watch, [int] $Patience)
    if ($null -eq $Watch.PSObject.Properties['KnownSwitches']) {
        return
    }
    $left = @(Get-NewSwitch -Watch $Watch)
    $waited = 0
    while ($waited -lt $Patience -and $left.Count -gt 0) {
        Start-Sleep -Seconds 1
        $waited += 1
        $left = @(Get-NewSwitch -Watch $Watch)
    }
    foreach ($found in $left) {
        Remove-VMSwitch -VMSwitch $found -Force
    }
}

function Get-SwitchAdapter {
    param([string] $OfSwitch)
    $vnics = @(Get-VMNetworkAdapter -ManagementOS | Where-Object -FilterScript { $_.SwitchName -eq $OfSwitch })
    $ids = @($vnics | ForEach-Object -Process { Get-BareId -Id $_.DeviceId })
    return @(Get-NetAdapter | Where-Object -FilterScript { $ids -contains (Get-BareId -Id $_.InterfaceGuid) })
}

function Restore-Address {
    param([object] $Watch, [int] $Index)
    $there = @(Get-NetIPAddress | Where-Object -FilterScript { $_.InterfaceIndex -eq $Index } |
        ForEach-Object -Process { "$($_.IPAddress)" })
    foreach ($text in @($Watch.Addresses)) {
        $parts = $text -split '/'
        if ($there -notcontains $parts[0]) {
            $null = New-NetIPAddress -InterfaceIndex $Index -IPAddress $parts[0] `
                -PrefixLength ([int] $parts[1]) -Confirm:$false
        }
    }
}

function Restore-Gateway {
    param([object] $Watch, [int] $Index)
    $there = @(Get-NetRoute | Where-Object -FilterScript { $_.InterfaceIndex -eq $Index } |
        ForEach-Object -Process { "$($_.DestinationPrefix)>$($_.NextHop)" })
    foreach ($gateway in @($Watch.Gateways)) {
        $prefix = '0.0.0.0/0'
        if ($gateway -like '*:*') {
            $prefix = '::/0'
        }
        if ($there -notcontains "$prefix>$gateway") {
            $null = New-NetRoute -InterfaceIndex $Index -DestinationPrefix $prefix -NextHop $gateway -Confirm:$false
        }
    }
}

# A vNIC that is made anew may begin with DHCP: what was set by hand is set again where it is missing.
function Restore-Setting {
    param([object] $Watch)
    if (@($Watch.Addresses).Count -eq 0) {
        return
    }
    $adapters = @(Get-SwitchAdapter -OfSwitch $Watch.SwitchName)
    $waited = 0
    while ($waited -lt 30 -and $adapters.Count -eq 0) {
        Start-Sleep -Seconds 1
        $waited += 1
        $adapters = @(Get-SwitchAdapter -OfSwitch $Watch.SwitchName)
    }
    if ($adapters.Count -eq 0) {
        throw "The host has no adapter on the vSwitch '$($Watch.SwitchName)'."
    }
    $index = [int] $adapters[0].InterfaceIndex
    Restore-Address -Watch $Watch -Index $index
    Restore-Gateway -Watch $Watch -Index $index
    if (@($Watch.NameServers).Count -gt 0) {
        Set-DnsClientServerAddress -InterfaceIndex $index -ServerAddresses @($Watch.NameServers) -Confirm:$false
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
    $bare = Get-BareId -Id $Watch.AdapterId
    foreach ($vnic in @(Get-VMNetworkAdapter -ManagementOS)) {
        if ((Get-BareId -Id $vnic.DeviceId) -ne $bare) {
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
        $removed = [int] (Remove-NewNetwork -Watch $Watch)
        # HNS takes a vSwitch away some time after its network (microsoft/hcsshim#95).
        $patience = 0
        if ($removed -gt 0) {
            $patience = 30
        }
        Remove-NewSwitch -Watch $Watch -Patience $patience
    }
    if ($Watch.Rescue -eq 'MakeSwitch') {
        Restore-Switch -Watch $Watch
        Restore-Setting -Watch $Watch
    }
    if ($Watch.Rescue -eq 'ShareSwitch') {
        Set-VMSwitch -Name $Watch.SwitchName -AllowManagementOS $true
        Restore-Setting -Watch $Watch
    }
    if ($Watch.Rescue -eq 'SetVlan') {
        Restore-Vlan -Watch $Watch
    }
}

function Complete-Watch {
    param([string] $Path, [object] $Watch)
    # This first and the answer after it; who confirms writes the answer first and reads this after it. So
    # no change is both confirmed and taken back.
    Set-ItemProperty -Path $Path -Name 'State' -Value 'acting'
    if ((Get-Text -From (Get-ItemProperty -Path "$Path\Answer") -Name 'Confirmed') -eq '1') {
        Set-ItemProperty -Path $Path -Name 'State' -Value 'confirmed'
        return
    }
    try {
        Invoke-Rescue -Watch $Watch
        Set-ItemProperty -Path $Path -Name 'State' -Value 'taken-back'
    } catch {
        Set-ItemProperty -Path $Path -Name 'Problem' -Value "$($_.Exception.Message)"
        Set-ItemProperty -Path $Path -Name 'State' -Value 'failed'
    }
}

$root = 'HKLM:\SOFTWARE\Container Network Console\Watchdogs'
$now = [datetime]::UtcNow.Ticks
foreach ($key in @(Get-ChildItem -Path $root)) {
    $path = "$root\$($key.PSChildName)"
    $watch = Get-ItemProperty -Path $path
    # A watch that is still being written, or was never finished, has no state: it is not armed.
    if ((Get-Text -From $watch -Name 'State') -ne 'armed' -or (Get-Text -From $watch -Name 'Due') -eq '') {
        continue
    }
    if ([long] $watch.Due -le $now) {
        Complete-Watch -Path $path -Watch $watch
        $name = "Container Network Console $($key.PSChildName)"
        Get-ScheduledTask | Where-Object -FilterScript { $_.TaskName -eq $name } |
            Unregister-ScheduledTask -Confirm:$false
    }
}
'@

$root = 'HKLM:\SOFTWARE\Container Network Console\Watchdogs'
$path = "$root\$WatchId"
$task = "Container Network Console $WatchId"

function Get-BareId {
    param([object] $Id)
    return "$Id" -replace '[{}]', ''
}

# Whether the command is there and the service runs that it asks.
function Test-Answering {
    param([string] $Command, [string] $Service)
    if (-not (Get-Command -Name $Command -ErrorAction SilentlyContinue)) {
        return $false
    }
    $running = @(Get-Service | Where-Object -FilterScript { $_.Name -eq $Service -and "$($_.Status)" -eq 'Running' })
    return $running.Count -gt 0
}

# What is new is told from what was there. A host without Hyper-V has HNS alone; where HNS is not asked,
# the change is a vSwitch made by hand.
function Get-Known {
    $known = @{}
    if ($Rescue -ne 'RemoveSwitch') {
        Assert-Command -Name 'Get-VMSwitch'
        return $known
    }
    if (Test-Answering -Command 'Get-VMSwitch' -Service 'vmms') {
        $known.KnownSwitches = @(Get-VMSwitch | ForEach-Object -Process { "$($_.Id)" })
    }
    if ($known.Count -eq 0 -or (Test-Answering -Command 'Get-HnsNetwork' -Service 'hns')) {
        Assert-Command -Name 'Get-HnsNetwork'
        $known.KnownNetworks = @(Get-HnsNetwork | Where-Object -FilterScript { $null -ne $_ } |
            ForEach-Object -Process { Get-BareId -Id $_.ID })
    }
    return $known
}

function Get-SwitchAdapter {
    param([string] $OfSwitch)
    $vnics = @(Get-VMNetworkAdapter -ManagementOS | Where-Object -FilterScript { $_.SwitchName -eq $OfSwitch })
    $ids = @($vnics | ForEach-Object -Process { Get-BareId -Id $_.DeviceId })
    return @(Get-NetAdapter | Where-Object -FilterScript { $ids -contains (Get-BareId -Id $_.InterfaceGuid) })
}

# What was set by hand on the host's vNIC, which loses it when the vNIC goes; none where DHCP gave it.
function Get-Setting {
    $setting = @{
        Addresses = @()
        Gateways = @()
        NameServers = @()
    }
    if ($Rescue -ne 'ShareSwitch' -and $Rescue -ne 'MakeSwitch') {
        return $setting
    }
    foreach ($adapter in @(Get-SwitchAdapter -OfSwitch $SwitchName)) {
        $index = $adapter.InterfaceIndex
        $setting.Addresses = @(Get-NetIPAddress | Where-Object -FilterScript {
                $_.InterfaceIndex -eq $index -and "$($_.PrefixOrigin)" -eq 'Manual' } |
            ForEach-Object -Process { "$($_.IPAddress)/$($_.PrefixLength)" })
        if (@($setting.Addresses).Count -eq 0) {
            continue
        }
        $setting.Gateways = @(Get-NetRoute | Where-Object -FilterScript {
                $_.InterfaceIndex -eq $index -and @('0.0.0.0/0', '::/0') -contains $_.DestinationPrefix } |
            ForEach-Object -Process { "$($_.NextHop)" })
        $setting.NameServers = @(Get-DnsClientServerAddress | Where-Object -FilterScript {
                $_.InterfaceIndex -eq $index } | ForEach-Object -Process { $_.ServerAddresses })
        break
    }
    return $setting
}

# Everybody who is signed in may say that the change shall stay, and nothing else. Setting one value would
# be right enough, but PowerShell opens a key for all that WriteKey means, or not at all.
function Grant-Answer {
    param([string] $Path)
    $null = New-Item -Path $Path
    $null = New-ItemProperty -Path $Path -Name 'Confirmed' -Value 0 -PropertyType 'DWord'
    $users = New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList 'S-1-5-32-545'
    $rights = [System.Security.AccessControl.RegistryRights] 'ReadKey, WriteKey'
    $allow = [System.Security.AccessControl.AccessControlType]::Allow
    $type = 'System.Security.AccessControl.RegistryAccessRule'
    $list = Get-Acl -Path $Path
    $list.AddAccessRule((New-Object -TypeName $type -ArgumentList $users, $rights, $allow))
    Set-Acl -Path $Path -AclObject $list
}

function Set-Texts {
    param([hashtable] $Lists)
    foreach ($name in $Lists.Keys) {
        $null = New-ItemProperty -Path $path -Name $name -Value @($Lists[$name]) -PropertyType 'MultiString'
    }
}

function Set-Watch {
    param([datetime] $Due, [hashtable] $Known, [hashtable] $Setting)
    # With -Force a key that is there would be made anew, without the watches in it.
    if (-not (Test-Path -Path $root)) {
        $null = New-Item -Path $root -Force
    }
    $null = New-ItemProperty -Path $root -Name 'Rescue' -Value $rescueText -PropertyType 'String' -Force
    $null = New-Item -Path $path
    $null = New-ItemProperty -Path $path -Name 'Rescue' -Value $Rescue -PropertyType 'String'
    Set-Texts -Lists @{ Adapters = @($Adapters) }
    Set-Texts -Lists $Known
    Set-Texts -Lists $Setting
    $null = New-ItemProperty -Path $path -Name 'SwitchName' -Value $SwitchName -PropertyType 'String'
    $null = New-ItemProperty -Path $path -Name 'AdapterId' -Value $AdapterId -PropertyType 'String'
    $null = New-ItemProperty -Path $path -Name 'VlanId' -Value $VlanId -PropertyType 'DWord'
    $null = New-ItemProperty -Path $path -Name 'Problem' -Value '' -PropertyType 'String'
    $ticks = $Due.ToUniversalTime().Ticks
    $null = New-ItemProperty -Path $path -Name 'Due' -Value $ticks -PropertyType 'QWord'
    Grant-Answer -Path "$path\Answer"
}

function Register-Rescue {
    param([datetime] $Due)
    $program = "$env:SystemRoot\System32\WindowsPowerShell\v1.0\powershell.exe"
    $command = "& ([scriptblock]::Create((Get-ItemProperty -Path '$root').Rescue))"
    $words = '-NoProfile -NonInteractive -ExecutionPolicy Bypass -Command "' + $command + '"'
    $action = New-ScheduledTaskAction -Execute $program -Argument $words
    # A second late rather than early: what is not due yet is left alone.
    $trigger = New-ScheduledTaskTrigger -Once -At $Due.AddSeconds(1)
    $account = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -LogonType 'ServiceAccount' -RunLevel 'Highest'
    $set = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -StartWhenAvailable
    $null = Register-ScheduledTask -TaskName $task -Action $action -Trigger $trigger -Principal $account -Settings $set
}

function Clear-Watch {
    Get-ScheduledTask | Where-Object -FilterScript { $_.TaskName -eq $task } |
        Unregister-ScheduledTask -Confirm:$false
    if (Test-Path -Path $path) {
        Remove-Item -Path $path -Recurse -Force
    }
}

function Assert-Watchdog {
    Assert-Command -Name 'Register-ScheduledTask'
    Assert-Command -Name 'Get-NetAdapter'
    Assert-Command -Name 'Get-NetIPAddress'
    Assert-Command -Name 'Get-DnsClientServerAddress'
    Assert-Command -Name 'Get-Acl'
    if (Test-Path -Path $path) {
        Stop-Change -Id 'WatchdogThere' -Message "This host has a watchdog $WatchId already."
    }
}

function Invoke-Change {
    Assert-Watchdog
    $known = Get-Known
    $setting = Get-Setting
    $change.made = $true
    try {
        $due = (Get-Date).AddSeconds($Seconds)
        Set-Watch -Due $due -Known $known -Setting $setting
        Register-Rescue -Due $due
        # Last: only what is whole is armed.
        $null = New-ItemProperty -Path $path -Name 'State' -Value 'armed' -PropertyType 'String'
    } catch {
        Clear-Watch
        $change.made = $false
        throw
    }
    $left = [int] [math]::Floor(($due - (Get-Date)).TotalSeconds)
    return New-Answer -Before $null -After @{
        state = 'armed'
        secondsLeft = $left
        problem = ''
    }
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
