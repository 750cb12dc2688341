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
