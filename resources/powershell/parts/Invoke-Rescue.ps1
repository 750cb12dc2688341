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
