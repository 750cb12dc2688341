# A Windows host of a few cmdlets: two adapters, one vSwitch, two HNS networks, two services.
$global:StubAdapters = @(
    [PSCustomObject] @{ Name = 'Ethernet'; InterfaceDescription = 'NIC one'; InterfaceIndex = 4; Status = 'Up' }
    [PSCustomObject] @{ Name = 'Taken'; InterfaceDescription = 'NIC two'; InterfaceIndex = 5; Status = 'Up' }
)
$global:StubSwitches = New-Object -TypeName System.Collections.ArrayList
$global:StubNetworks = New-Object -TypeName System.Collections.ArrayList
$global:StubServices = @{ hns = 'Running'; docker = 'Running' }

function New-StubSwitch {
    param([string] $Name, [string] $Kind, [string[]] $Descriptions)
    $made = [PSCustomObject] @{
        Id = [guid]::NewGuid()
        Name = $Name
        SwitchType = $Kind
        AllowManagementOS = $true
        EmbeddedTeamingEnabled = $false
        NetAdapterInterfaceDescriptions = $Descriptions
    }
    $null = $global:StubSwitches.Add($made)
    return $made
}

$null = New-StubSwitch -Name 'there' -Kind 'Internal' -Descriptions @()
$null = $global:StubNetworks.Add([PSCustomObject] @{ ID = '404947AC-FC8F-4229-A4B5-595B9161F3A8'; Name = 'nat'; Type = 'nat' })
$null = $global:StubNetworks.Add([PSCustomObject] @{ ID = '504947AC-FC8F-4229-A4B5-595B9161F3A8'; Name = 'WSL'; Type = 'ICS' })

function Get-NetAdapter {
    return $global:StubAdapters
}

function Get-NetAdapterBinding {
    param([string] $ComponentID)
    $found = @(
        [PSCustomObject] @{ Name = 'Taken'; ComponentID = 'vms_pp'; Enabled = $true }
        [PSCustomObject] @{ Name = 'Taken'; ComponentID = 'ms_implat'; Enabled = $false }
    )
    return $found | Where-Object -FilterScript { -not $ComponentID -or $_.ComponentID -eq $ComponentID }
}

function Get-VMSwitch {
    return $global:StubSwitches.ToArray()
}

function New-VMSwitch {
    param([string] $Name, [string] $SwitchType, [string[]] $NetAdapterName, [bool] $AllowManagementOS, [bool] $EnableEmbeddedTeaming)
    if ($NetAdapterName) {
        return New-StubSwitch -Name $Name -Kind 'External' -Descriptions @('NIC one')
    }
    return New-StubSwitch -Name $Name -Kind $SwitchType -Descriptions @()
}

function Get-HnsNetwork {
    return $global:StubNetworks.ToArray()
}

function Remove-HnsNetwork {
    param([Parameter(ValueFromPipeline = $true)] [object[]] $InputObjects)
    process {
        foreach ($network in $InputObjects) {
            $global:StubNetworks.Remove($network)
        }
    }
}

function Get-Service {
    param([string] $Name)
    $dependents = @()
    if ($Name -eq 'hns') {
        $dependents = @([PSCustomObject] @{ Name = 'docker'; Status = $global:StubServices['docker'] })
    }
    return [PSCustomObject] @{
        Name = $Name
        DisplayName = $Name
        Status = $global:StubServices[$Name]
        StartType = 'Manual'
        DependentServices = $dependents
    }
}

function Stop-Service {
    param([string] $Name, [switch] $Force)
    $global:StubServices[$Name] = 'Stopped'
    if ($Name -eq 'hns') {
        $global:StubServices['docker'] = 'Stopped'
    }
}

function Start-Service {
    param([string] $Name)
    $global:StubServices[$Name] = 'Running'
}
