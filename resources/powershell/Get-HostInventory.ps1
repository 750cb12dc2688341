<#
.SYNOPSIS
Reads everything of the Windows side of this host that bears on container networking.
.DESCRIPTION
Each section answers for itself: what could not be read has its error in place of its value.
#>
[CmdletBinding()]
param()

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

function Get-BareId {
    param([object] $Id)
    return "$Id" -replace '[{}]', ''
}

function Get-Text {
    param([object] $From, [string] $Name)
    $property = $From.PSObject.Properties[$Name]
    if ($null -eq $property) {
        return ''
    }
    return "$($property.Value)"
}

# A number or a truth value; null where the object has no such property or it is empty.
function Get-Scalar {
    param([object] $From, [string] $Name)
    $property = $From.PSObject.Properties[$Name]
    if ($null -eq $property -or $null -eq $property.Value) {
        return $null
    }
    return $property.Value
}

# As WMI has it: PowerShell's own view of some properties converts them, and fails where they are empty.
function Get-RawText {
    param([object] $From, [string] $Name)
    $property = $From.CimInstanceProperties[$Name]
    if ($null -eq $property) {
        return ''
    }
    return "$($property.Value)"
}

# Each item of a list property; nothing where it is missing. The caller makes the array.
function Get-Items {
    param([object] $From, [string] $Name)
    $property = $From.PSObject.Properties[$Name]
    if ($null -eq $property) {
        return
    }
    foreach ($item in @($property.Value)) {
        if ($null -ne $item) {
            $item
        }
    }
}

function Get-Texts {
    param([object] $From, [string] $Name)
    foreach ($item in @(Get-Items -From $From -Name $Name)) {
        "$item"
    }
}

$sections = @{}

# CIM cmdlets call it an error when a filter finds nothing; here it is an empty section.
function Add-Section {
    param([string] $Name, [string] $Command, [scriptblock] $Read)
    if (-not (Get-Command -Name $Command -ErrorAction SilentlyContinue)) {
        $sections[$Name] = @{
            ok = $false
            error = @{
                message = $Command
                category = 'ObjectNotFound'
                id = 'CommandMissing'
                hresult = '0x80131501'
            }
        }
        return
    }
    try {
        $sections[$Name] = @{
            ok = $true
            value = @(& $Read)
        }
    } catch {
        if ("$($_.FullyQualifiedErrorId)" -like 'CmdletizationQuery_NotFound*') {
            $sections[$Name] = @{
                ok = $true
                value = @()
            }
        } else {
            $sections[$Name] = @{
                ok = $false
                error = New-ErrorDocument -Record $_
            }
        }
    }
}

function Get-RegistryValue {
    param([string] $Path, [string] $Name)
    if (-not (Test-Path -LiteralPath $Path)) {
        return $null
    }
    return Get-Scalar -From (Get-ItemProperty -LiteralPath $Path) -Name $Name
}

function Test-Elevated {
    $identity = [System.Security.Principal.WindowsIdentity]::GetCurrent()
    $principal = New-Object -TypeName System.Security.Principal.WindowsPrincipal -ArgumentList $identity
    return $principal.IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
}

function Get-ExtensionDocument {
    param([object] $Extension)
    return @{
        id = Get-BareId -Id $Extension.Id
        name = Get-Text -From $Extension -Name 'Name'
        kind = Get-Text -From $Extension -Name 'ExtensionType'
        enabled = [bool] $Extension.Enabled
        running = [bool] $Extension.Running
    }
}

function Get-SwitchDocument {
    param([object] $VSwitch)
    return @{
        id = Get-BareId -Id $VSwitch.Id
        name = Get-Text -From $VSwitch -Name 'Name'
        kind = Get-Text -From $VSwitch -Name 'SwitchType'
        notes = Get-Text -From $VSwitch -Name 'Notes'
        allowManagementOS = Get-Scalar -From $VSwitch -Name 'AllowManagementOS'
        embeddedTeaming = Get-Scalar -From $VSwitch -Name 'EmbeddedTeamingEnabled'
        adapterDescription = Get-Text -From $VSwitch -Name 'NetAdapterInterfaceDescription'
        adapterDescriptions = @(Get-Texts -From $VSwitch -Name 'NetAdapterInterfaceDescriptions')
        adapterGuids = @(Get-Texts -From $VSwitch -Name 'NetAdapterInterfaceGuid')
        extensions = @(
            foreach ($extension in @(Get-Items -From $VSwitch -Name 'Extensions')) {
                Get-ExtensionDocument -Extension $extension
            }
        )
    }
}

function Get-VNicDocument {
    param([object] $VNic)
    $vlan = Get-Scalar -From $VNic -Name 'VlanSetting'
    $document = @{
        name = Get-Text -From $VNic -Name 'Name'
        switchName = Get-Text -From $VNic -Name 'SwitchName'
        switchId = Get-Text -From $VNic -Name 'SwitchId'
        deviceId = Get-Text -From $VNic -Name 'DeviceId'
        macAddress = Get-Text -From $VNic -Name 'MacAddress'
        vlanMode = ''
        vlan = $null
    }
    if ($null -ne $vlan) {
        $document.vlanMode = Get-Text -From $vlan -Name 'OperationMode'
        $document.vlan = Get-Scalar -From $vlan -Name 'AccessVlanId'
    }
    return $document
}

function Get-AllocatorDocument {
    param([object] $Allocator)
    return @{
        Tag = Get-Text -From $Allocator -Name 'Tag'
        SwitchId = Get-Text -From $Allocator -Name 'SwitchId'
        InterfaceGuid = Get-Text -From $Allocator -Name 'InterfaceGuid'
        NicFriendlyName = Get-Text -From $Allocator -Name 'NicFriendlyName'
    }
}

function Get-HnsNetworkDocument {
    param([object] $Network)
    $resources = Get-Scalar -From $Network -Name 'Resources'
    $allocators = @()
    if ($null -ne $resources) {
        $allocators = @(Get-Items -From $resources -Name 'Allocators')
    }
    return @{
        ID = Get-Text -From $Network -Name 'ID'
        Name = Get-Text -From $Network -Name 'Name'
        Type = Get-Text -From $Network -Name 'Type'
        Version = Get-Scalar -From $Network -Name 'Version'
        Flags = Get-Scalar -From $Network -Name 'Flags'
        State = Get-Scalar -From $Network -Name 'State'
        NatName = Get-Text -From $Network -Name 'NatName'
        LayeredOn = Get-Text -From $Network -Name 'LayeredOn'
        ManagementIP = Get-Text -From $Network -Name 'ManagementIP'
        NetworkAdapterName = Get-Text -From $Network -Name 'NetworkAdapterName'
        DNSSuffix = Get-Text -From $Network -Name 'DNSSuffix'
        DNSServerList = Get-Text -From $Network -Name 'DNSServerList'
        DNSServerCompartment = Get-Scalar -From $Network -Name 'DNSServerCompartment'
        CurrentEndpointCount = Get-Scalar -From $Network -Name 'CurrentEndpointCount'
        Health = Get-Scalar -From $Network -Name 'Health'
        Subnets = @(Get-Items -From $Network -Name 'Subnets')
        Ipams = @(Get-Items -From $Network -Name 'Ipams')
        MacPools = @(Get-Items -From $Network -Name 'MacPools')
        Policies = @(Get-Items -From $Network -Name 'Policies')
        Extensions = @(Get-Items -From $Network -Name 'Extensions')
        Resources = @{
            Allocators = @(
                foreach ($allocator in $allocators) {
                    Get-AllocatorDocument -Allocator $allocator
                }
            )
        }
    }
}

function Get-HnsEndpointDocument {
    param([object] $Endpoint)
    return @{
        ID = Get-Text -From $Endpoint -Name 'ID'
        Name = Get-Text -From $Endpoint -Name 'Name'
        VirtualNetwork = Get-Text -From $Endpoint -Name 'VirtualNetwork'
        VirtualNetworkName = Get-Text -From $Endpoint -Name 'VirtualNetworkName'
        State = Get-Scalar -From $Endpoint -Name 'State'
        MacAddress = Get-Text -From $Endpoint -Name 'MacAddress'
        IPAddress = Get-Text -From $Endpoint -Name 'IPAddress'
        PrefixLength = Get-Scalar -From $Endpoint -Name 'PrefixLength'
        GatewayAddress = Get-Text -From $Endpoint -Name 'GatewayAddress'
        DNSServerList = Get-Text -From $Endpoint -Name 'DNSServerList'
        EnableInternalDNS = Get-Scalar -From $Endpoint -Name 'EnableInternalDNS'
        IsRemoteEndpoint = Get-Scalar -From $Endpoint -Name 'IsRemoteEndpoint'
        Namespace = Get-Scalar -From $Endpoint -Name 'Namespace'
        SharedContainers = @(Get-Texts -From $Endpoint -Name 'SharedContainers')
        Policies = @(Get-Items -From $Endpoint -Name 'Policies')
    }
}

function Get-ServiceDocument {
    param([string] $Name)
    try {
        $service = Get-Service -Name $Name
    } catch {
        if ("$($_.FullyQualifiedErrorId)" -notlike 'NoServiceFound*') {
            throw
        }
        return @{
            name = $Name
            title = ''
            status = 'Missing'
            startType = ''
            dependents = @()
        }
    }
    $dependents = @($service.DependentServices | Where-Object -FilterScript { "$($_.Status)" -eq 'Running' })
    return @{
        name = "$($service.Name)"
        title = "$($service.DisplayName)"
        status = "$($service.Status)"
        startType = Get-Text -From $service -Name 'StartType'
        dependents = @($dependents | ForEach-Object -Process { "$($_.Name)" })
    }
}

# The store that is in force includes group policy; where it can't be read, the local store is asked.
function Get-ProfilesInForce {
    try {
        Get-NetFirewallProfile -PolicyStore ActiveStore
    } catch {
        Get-NetFirewallProfile
    }
}

# A proxy's address may hold a name and a password: they never leave this host.
function Hide-Credentials {
    param([string] $Address)
    return $Address -replace '(?s)^([a-zA-Z][a-zA-Z0-9+.-]*://)?.*@', '$1***@'
}

function Get-ProxyDocument {
    param([string] $Http, [string] $Https, [string] $Bypass)
    return @{
        http = Hide-Credentials -Address $Http
        https = Hide-Credentials -Address $Https
        bypass = $Bypass
    }
}

# The value of one of several lines NAME=value.
function Get-LineValue {
    param([string[]] $Lines, [string] $Name)
    foreach ($line in $Lines) {
        if ($line -like "$Name=*") {
            return $line.Substring($Name.Length + 1)
        }
    }
    return ''
}

# WinHttpSettings: 8 bytes of version and counter, 4 of flags (2: a proxy is set), then the proxy and the
# bypass list, each as its length in 4 bytes and so many of ASCII.
function Get-WinHttpProxy {
    param([byte[]] $Settings)
    $texts = @('', '')
    $position = 12
    foreach ($number in 0, 1) {
        if ($Settings.Length -lt $position + 4) {
            break
        }
        $length = [System.BitConverter]::ToInt32($Settings, $position)
        if ($length -lt 0 -or $Settings.Length -lt $position + 4 + $length) {
            break
        }
        $texts[$number] = [System.Text.Encoding]::ASCII.GetString($Settings, $position + 4, $length)
        $position = $position + 4 + $length
    }
    if (($Settings[8] -band 2) -eq 0) {
        $texts = @('', '')
    }
    return Get-ProxyDocument -Http $texts[0] -Https $texts[0] -Bypass $texts[1]
}

# What Docker is set up with; nothing where it has no such file. A text that is no JSON is not quoted in the
# error: it may hold a password.
function Get-EngineConfiguration {
    $folder = [System.Environment]::GetFolderPath('CommonApplicationData')
    $file = "$folder\docker\config\daemon.json"
    try {
        $text = Get-Content -LiteralPath $file -Raw
    } catch {
        if ("$($_.FullyQualifiedErrorId)" -notlike 'PathNotFound*') {
            throw
        }
        return New-Object -TypeName PSObject
    }
    try {
        return ConvertFrom-Json -InputObject "$text"
    } catch {
        throw "$file is no JSON."
    }
}

# What early test builds of Windows needed, and later ones only suffer from.
function Get-LeftOverValues {
    param([string] $Path)
    if (-not (Test-Path -LiteralPath $Path)) {
        return
    }
    $key = Get-Item -LiteralPath $Path
    foreach ($name in @($key.GetValueNames() | Where-Object -FilterScript { $_ -like 'zz*' })) {
        @{
            name = $name
            value = "$($key.GetValue($name))"
        }
    }
}

# A query of the event log that finds nothing is an error; here it is no crash.
function Get-ServiceCrashes {
    param([string] $Title, [datetime] $Since)
    $filter = @{
        LogName = 'System'
        ProviderName = 'Service Control Manager'
        Id = 7031, 7034
        StartTime = $Since
    }
    try {
        $found = @(Get-WinEvent -FilterHashtable $filter)
    } catch {
        if ("$($_.FullyQualifiedErrorId)" -notlike 'NoMatchingEventsFound*') {
            throw
        }
        return
    }
    foreach ($crash in $found) {
        if ("$($crash.Properties[0].Value)" -eq $Title) {
            @{
                at = $crash.TimeCreated.ToUniversalTime().ToString('o')
            }
        }
    }
}

# netsh's words are in the host's language; its numbers are read by whoever gets these lines.
function Get-ExclusionLines {
    param([string] $Protocol)
    $lines = @(netsh.exe interface ipv4 show excludedportrange $Protocol)
    if ($LASTEXITCODE -ne 0) {
        throw "netsh: $lines"
    }
    foreach ($line in $lines) {
        "$line"
    }
}

# Numbers of ports, each once.
function Get-PortNumbers {
    param([object[]] $EndPoints)
    $numbers = @{}
    foreach ($one in $EndPoints) {
        $numbers[[int] $one.Port] = $true
    }
    return $numbers.Keys
}

Add-Section -Name 'windows' -Command 'Get-ItemProperty' -Read {
    $version = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
    $ipv6 = 'HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip6\Parameters'
    $current = Get-ItemProperty -LiteralPath $version
    @{
        computer = [System.Environment]::MachineName
        product = Get-Text -From $current -Name 'ProductName'
        installationType = Get-Text -From $current -Name 'InstallationType'
        build = Get-Text -From $current -Name 'CurrentBuildNumber'
        revision = Get-Scalar -From $current -Name 'UBR'
        displayVersion = Get-Text -From $current -Name 'DisplayVersion'
        releaseId = Get-Text -From $current -Name 'ReleaseId'
        ipv6DisabledComponents = Get-RegistryValue -Path $ipv6 -Name 'DisabledComponents'
        elevated = Test-Elevated
    }
}

Add-Section -Name 'machine' -Command 'Get-CimInstance' -Read {
    $system = Get-CimInstance -ClassName Win32_ComputerSystem
    $enclosures = @(Get-CimInstance -ClassName Win32_SystemEnclosure)
    @{
        manufacturer = Get-Text -From $system -Name 'Manufacturer'
        model = Get-Text -From $system -Name 'Model'
        hypervisorPresent = Get-Scalar -From $system -Name 'HypervisorPresent'
        assetTags = @($enclosures | ForEach-Object -Process { Get-Text -From $_ -Name 'SMBIOSAssetTag' })
    }
}

Add-Section -Name 'features' -Command 'Get-CimInstance' -Read {
    $filter = "Name = 'Containers' OR Name LIKE 'Microsoft-Hyper-V%'"
    foreach ($feature in @(Get-CimInstance -ClassName Win32_OptionalFeature -Filter $filter)) {
        @{
            name = Get-Text -From $feature -Name 'Name'
            installState = Get-Scalar -From $feature -Name 'InstallState'
        }
    }
}

Add-Section -Name 'hotfixes' -Command 'Get-CimInstance' -Read {
    foreach ($hotfix in @(Get-CimInstance -ClassName Win32_QuickFixEngineering)) {
        @{
            id = Get-Text -From $hotfix -Name 'HotFixID'
            installedOn = Get-RawText -From $hotfix -Name 'InstalledOn'
        }
    }
}

Add-Section -Name 'adapters' -Command 'Get-NetAdapter' -Read {
    foreach ($adapter in @(Get-NetAdapter)) {
        @{
            name = Get-Text -From $adapter -Name 'Name'
            description = Get-Text -From $adapter -Name 'InterfaceDescription'
            index = Get-Scalar -From $adapter -Name 'InterfaceIndex'
            guid = Get-Text -From $adapter -Name 'InterfaceGuid'
            status = Get-Text -From $adapter -Name 'Status'
            operationalStatus = Get-Text -From $adapter -Name 'InterfaceOperationalStatus'
            macAddress = Get-Text -From $adapter -Name 'MacAddress'
            speedBits = Get-Scalar -From $adapter -Name 'ReceiveLinkSpeed'
            virtual = Get-Scalar -From $adapter -Name 'Virtual'
            hardwareInterface = Get-Scalar -From $adapter -Name 'HardwareInterface'
            physicalMedium = Get-Scalar -From $adapter -Name 'NdisPhysicalMedium'
            vlan = Get-Scalar -From $adapter -Name 'VlanID'
            driverFile = Get-Text -From $adapter -Name 'DriverFileName'
            driverVersion = Get-Text -From $adapter -Name 'DriverVersion'
        }
    }
}

Add-Section -Name 'bindings' -Command 'Get-NetAdapterBinding' -Read {
    foreach ($binding in @(Get-NetAdapterBinding -ComponentID 'vms_pp')) {
        @{
            name = Get-Text -From $binding -Name 'Name'
            description = Get-Text -From $binding -Name 'InterfaceDescription'
            enabled = Get-Scalar -From $binding -Name 'Enabled'
        }
    }
}

# Apart from the vSwitch protocol's: where no adapter has one of the two, its cmdlet ends in an error.
Add-Section -Name 'teamBindings' -Command 'Get-NetAdapterBinding' -Read {
    foreach ($binding in @(Get-NetAdapterBinding -ComponentID 'ms_implat')) {
        @{
            name = Get-Text -From $binding -Name 'Name'
            description = Get-Text -From $binding -Name 'InterfaceDescription'
            enabled = Get-Scalar -From $binding -Name 'Enabled'
        }
    }
}

Add-Section -Name 'addresses' -Command 'Get-NetIPAddress' -Read {
    foreach ($address in @(Get-NetIPAddress -AddressFamily IPv4 -IncludeAllCompartments)) {
        @{
            address = Get-Text -From $address -Name 'IPAddress'
            prefixLength = Get-Scalar -From $address -Name 'PrefixLength'
            index = Get-Scalar -From $address -Name 'InterfaceIndex'
            alias = Get-Text -From $address -Name 'InterfaceAlias'
            state = Get-Text -From $address -Name 'AddressState'
            origin = Get-Text -From $address -Name 'PrefixOrigin'
        }
    }
}

Add-Section -Name 'interfaces' -Command 'Get-NetIPInterface' -Read {
    foreach ($interface in @(Get-NetIPInterface -AddressFamily IPv4 -IncludeAllCompartments)) {
        @{
            index = Get-Scalar -From $interface -Name 'InterfaceIndex'
            alias = Get-Text -From $interface -Name 'InterfaceAlias'
            compartment = Get-Scalar -From $interface -Name 'CompartmentId'
            mtu = Get-Scalar -From $interface -Name 'NlMtu'
            metric = Get-Scalar -From $interface -Name 'InterfaceMetric'
            dhcp = Get-Text -From $interface -Name 'Dhcp'
        }
    }
}

Add-Section -Name 'routes' -Command 'Get-NetRoute' -Read {
    foreach ($route in @(Get-NetRoute -AddressFamily IPv4 -PolicyStore ActiveStore)) {
        @{
            prefix = Get-Text -From $route -Name 'DestinationPrefix'
            nextHop = Get-Text -From $route -Name 'NextHop'
            index = Get-Scalar -From $route -Name 'InterfaceIndex'
            metric = Get-Scalar -From $route -Name 'RouteMetric'
        }
    }
}

Add-Section -Name 'dnsServers' -Command 'Get-DnsClientServerAddress' -Read {
    foreach ($servers in @(Get-DnsClientServerAddress -AddressFamily IPv4)) {
        @{
            index = Get-Scalar -From $servers -Name 'InterfaceIndex'
            addresses = @(Get-Texts -From $servers -Name 'ServerAddresses')
        }
    }
}

Add-Section -Name 'compartments' -Command 'Get-NetCompartment' -Read {
    foreach ($compartment in @(Get-NetCompartment)) {
        @{
            id = Get-Scalar -From $compartment -Name 'CompartmentId'
            description = Get-Text -From $compartment -Name 'CompartmentDescription'
            guid = Get-Text -From $compartment -Name 'CompartmentGuid'
            kind = Get-Text -From $compartment -Name 'CompartmentType'
        }
    }
}

Add-Section -Name 'vswitches' -Command 'Get-VMSwitch' -Read {
    foreach ($vswitch in @(Get-VMSwitch)) {
        Get-SwitchDocument -VSwitch $vswitch
    }
}

Add-Section -Name 'hostVNics' -Command 'Get-VMNetworkAdapter' -Read {
    foreach ($vnic in @(Get-VMNetworkAdapter -ManagementOS)) {
        Get-VNicDocument -VNic $vnic
    }
}

Add-Section -Name 'nats' -Command 'Get-NetNat' -Read {
    foreach ($nat in @(Get-NetNat)) {
        @{
            name = Get-Text -From $nat -Name 'Name'
            internalPrefix = Get-Text -From $nat -Name 'InternalIPInterfaceAddressPrefix'
        }
    }
}

Add-Section -Name 'natMappings' -Command 'Get-NetNatStaticMapping' -Read {
    foreach ($mapping in @(Get-NetNatStaticMapping)) {
        @{
            nat = Get-Text -From $mapping -Name 'NatName'
            protocol = Get-Text -From $mapping -Name 'Protocol'
            externalAddress = Get-Text -From $mapping -Name 'ExternalIPAddress'
            externalPort = Get-Scalar -From $mapping -Name 'ExternalPort'
            internalAddress = Get-Text -From $mapping -Name 'InternalIPAddress'
            internalPort = Get-Scalar -From $mapping -Name 'InternalPort'
        }
    }
}

Add-Section -Name 'hnsNetworks' -Command 'Get-HnsNetwork' -Read {
    foreach ($network in @(Get-HnsNetwork | Where-Object -FilterScript { $null -ne $_ })) {
        Get-HnsNetworkDocument -Network $network
    }
}

Add-Section -Name 'hnsEndpoints' -Command 'Get-HnsEndpoint' -Read {
    foreach ($endpoint in @(Get-HnsEndpoint | Where-Object -FilterScript { $null -ne $_ })) {
        Get-HnsEndpointDocument -Endpoint $endpoint
    }
}

Add-Section -Name 'hnsPolicyLists' -Command 'Get-HnsPolicyList' -Read {
    foreach ($list in @(Get-HnsPolicyList | Where-Object -FilterScript { $null -ne $_ })) {
        @{
            ID = Get-Text -From $list -Name 'ID'
            State = Get-Scalar -From $list -Name 'State'
            References = @(Get-Texts -From $list -Name 'References')
            Policies = @(Get-Items -From $list -Name 'Policies')
        }
    }
}

Add-Section -Name 'hnsNamespaces' -Command 'Get-HnsNamespace' -Read {
    foreach ($namespace in @(Get-HnsNamespace | Where-Object -FilterScript { $null -ne $_ })) {
        @{
            ID = Get-Text -From $namespace -Name 'ID'
            CompartmentId = Get-Scalar -From $namespace -Name 'CompartmentId'
            NamespaceId = Get-Scalar -From $namespace -Name 'NamespaceId'
            ResourceList = @(Get-Items -From $namespace -Name 'ResourceList')
            Resources = @(Get-Items -From $namespace -Name 'Resources')
        }
    }
}

Add-Section -Name 'services' -Command 'Get-Service' -Read {
    $names = @(
        'docker', 'com.docker.service', 'hns', 'vmcompute', 'vfpext', 'winnat',
        'mpssvc', 'BFE', 'SharedAccess', 'nvagent', 'vmms'
    )
    foreach ($name in $names) {
        Get-ServiceDocument -Name $name
    }
}

Add-Section -Name 'firewallProfiles' -Command 'Get-NetFirewallProfile' -Read {
    foreach ($inForce in @(Get-ProfilesInForce)) {
        @{
            name = Get-Text -From $inForce -Name 'Name'
            enabled = Get-Text -From $inForce -Name 'Enabled'
            defaultInbound = Get-Text -From $inForce -Name 'DefaultInboundAction'
            defaultOutbound = Get-Text -From $inForce -Name 'DefaultOutboundAction'
        }
    }
}

Add-Section -Name 'firewallRules' -Command 'Get-NetFirewallRule' -Read {
    $filters = @{}
    foreach ($filter in @(Get-NetFirewallPortFilter -PolicyStore ActiveStore)) {
        $filters["$($filter.InstanceID)"] = $filter
    }
    $programs = @{}
    foreach ($filter in @(Get-NetFirewallApplicationFilter -PolicyStore ActiveStore)) {
        $programs["$($filter.InstanceID)"] = Get-Text -From $filter -Name 'Program'
    }
    foreach ($rule in @(Get-NetFirewallRule -PolicyStore ActiveStore -Direction Inbound)) {
        $document = @{
            id = Get-Text -From $rule -Name 'InstanceID'
            title = Get-Text -From $rule -Name 'DisplayName'
            group = Get-Text -From $rule -Name 'DisplayGroup'
            enabled = Get-Text -From $rule -Name 'Enabled'
            direction = Get-Text -From $rule -Name 'Direction'
            action = Get-Text -From $rule -Name 'Action'
            profile = Get-Text -From $rule -Name 'Profile'
            source = Get-Text -From $rule -Name 'PolicyStoreSource'
            sourceKind = Get-Text -From $rule -Name 'PolicyStoreSourceType'
            protocol = 'Any'
            localPorts = @()
            program = ''
        }
        if ($programs.ContainsKey($document.id)) {
            $document.program = $programs[$document.id]
        }
        $filter = $filters[$document.id]
        if ($null -ne $filter) {
            $document.protocol = Get-Text -From $filter -Name 'Protocol'
            $document.localPorts = @(Get-Texts -From $filter -Name 'LocalPort')
        }
        $document
    }
}

Add-Section -Name 'tcpListeners' -Command 'Get-NetTCPConnection' -Read {
    foreach ($listener in @(Get-NetTCPConnection -State Listen)) {
        @{
            address = Get-Text -From $listener -Name 'LocalAddress'
            port = Get-Scalar -From $listener -Name 'LocalPort'
            processId = Get-Scalar -From $listener -Name 'OwningProcess'
        }
    }
}

Add-Section -Name 'tcpConnections' -Command 'Get-NetTCPConnection' -Read {
    # Not by -State: with none of that state it would be an error.
    foreach ($connection in @(Get-NetTCPConnection)) {
        if ("$($connection.State)" -ne 'Established') {
            continue
        }
        @{
            address = Get-Text -From $connection -Name 'LocalAddress'
            port = Get-Scalar -From $connection -Name 'LocalPort'
            remoteAddress = Get-Text -From $connection -Name 'RemoteAddress'
            remotePort = Get-Scalar -From $connection -Name 'RemotePort'
            processId = Get-Scalar -From $connection -Name 'OwningProcess'
        }
    }
}

Add-Section -Name 'udpListeners' -Command 'Get-NetUDPEndpoint' -Read {
    foreach ($listener in @(Get-NetUDPEndpoint)) {
        @{
            address = Get-Text -From $listener -Name 'LocalAddress'
            port = Get-Scalar -From $listener -Name 'LocalPort'
            processId = Get-Scalar -From $listener -Name 'OwningProcess'
        }
    }
}

Add-Section -Name 'processes' -Command 'Get-CimInstance' -Read {
    $properties = 'ProcessId', 'Name', 'ThreadCount'
    foreach ($process in @(Get-CimInstance -ClassName Win32_Process -Property $properties)) {
        @{
            id = Get-Scalar -From $process -Name 'ProcessId'
            name = Get-Text -From $process -Name 'Name'
            threads = Get-Scalar -From $process -Name 'ThreadCount'
        }
    }
}

Add-Section -Name 'serviceProcesses' -Command 'Get-CimInstance' -Read {
    $properties = 'Name', 'ProcessId'
    foreach ($service in @(Get-CimInstance -ClassName Win32_Service -Filter 'ProcessId <> 0' -Property $properties)) {
        @{
            name = Get-Text -From $service -Name 'Name'
            processId = Get-Scalar -From $service -Name 'ProcessId'
        }
    }
}

Add-Section -Name 'portExclusions' -Command 'netsh.exe' -Read {
    foreach ($protocol in 'TCP', 'UDP') {
        @{
            protocol = $protocol
            lines = @(Get-ExclusionLines -Protocol $protocol)
        }
    }
}

Add-Section -Name 'dynamicPorts' -Command 'Get-NetTCPSetting' -Read {
    foreach ($setting in @(Get-NetTCPSetting -SettingName 'Internet')) {
        @{
            protocol = 'TCP'
            first = Get-Scalar -From $setting -Name 'DynamicPortRangeStartPort'
            count = Get-Scalar -From $setting -Name 'DynamicPortRangeNumberOfPorts'
        }
    }
    foreach ($setting in @(Get-NetUDPSetting)) {
        @{
            protocol = 'UDP'
            first = Get-Scalar -From $setting -Name 'DynamicPortRangeStartPort'
            count = Get-Scalar -From $setting -Name 'DynamicPortRangeNumberOfPorts'
        }
    }
}

# Get-NetTCPConnection takes many seconds on a busy host; this does not, and tells no processes.
Add-Section -Name 'portsInUse' -Command 'New-Object' -Read {
    $stack = [System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
    $tcp = @($stack.GetActiveTcpConnections() | ForEach-Object -Process { $_.LocalEndPoint })
    @{
        protocol = 'TCP'
        ports = @(Get-PortNumbers -EndPoints @($tcp + $stack.GetActiveTcpListeners()))
    }
    @{
        protocol = 'UDP'
        ports = @(Get-PortNumbers -EndPoints @($stack.GetActiveUdpListeners()))
    }
}

Add-Section -Name 'environmentProxy' -Command 'Get-ItemProperty' -Read {
    $machine = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Environment'
    $http = Get-RegistryValue -Path $machine -Name 'HTTP_PROXY'
    $https = Get-RegistryValue -Path $machine -Name 'HTTPS_PROXY'
    Get-ProxyDocument -Http $http -Https $https -Bypass (Get-RegistryValue -Path $machine -Name 'NO_PROXY')
}

Add-Section -Name 'serviceProxy' -Command 'Get-ItemProperty' -Read {
    $service = 'HKLM:\SYSTEM\CurrentControlSet\Services\docker'
    $lines = @(Get-RegistryValue -Path $service -Name 'Environment')
    $http = Get-LineValue -Lines $lines -Name 'HTTP_PROXY'
    $https = Get-LineValue -Lines $lines -Name 'HTTPS_PROXY'
    Get-ProxyDocument -Http $http -Https $https -Bypass (Get-LineValue -Lines $lines -Name 'NO_PROXY')
}

Add-Section -Name 'winHttpProxy' -Command 'Get-ItemProperty' -Read {
    $connections = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections'
    $settings = @(Get-RegistryValue -Path $connections -Name 'WinHttpSettings')
    if ($settings.Length -gt 12) {
        Get-WinHttpProxy -Settings $settings
    } else {
        Get-ProxyDocument
    }
}

Add-Section -Name 'engineConfiguration' -Command 'Get-Content' -Read {
    $configuration = Get-EngineConfiguration
    $proxies = Get-Scalar -From $configuration -Name 'proxies'
    if ($null -eq $proxies) {
        $proxies = New-Object -TypeName PSObject
    }
    $http = Get-Text -From $proxies -Name 'http-proxy'
    $https = Get-Text -From $proxies -Name 'https-proxy'
    @{
        proxy = Get-ProxyDocument -Http $http -Https $https -Bypass (Get-Text -From $proxies -Name 'no-proxy')
        bridge = Get-Text -From $configuration -Name 'bridge'
        fixedCidr = Get-Text -From $configuration -Name 'fixed-cidr'
        group = Get-Text -From $configuration -Name 'group'
        dns = @(Get-Texts -From $configuration -Name 'dns')
        mtu = Get-Scalar -From $configuration -Name 'mtu'
    }
}

Add-Section -Name 'containerSettings' -Command 'Get-ItemProperty' -Read {
    $containers = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Virtualization\Containers'
    $drives = 'HKLM:\SYSTEM\CurrentControlSet\Policies\Microsoft\FVE'
    $log = 'HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\Application'
    $client = @(Get-Command -Name 'docker.exe' -CommandType Application -ErrorAction SilentlyContinue)
    @{
        smbOplocksDisabled = Get-RegistryValue -Path $containers -Name 'VSmbDisableOplocks'
        leftOverValues = @(Get-LeftOverValues -Path $containers)
        fixedDrivesDenied = Get-RegistryValue -Path $drives -Name 'FDVDenyWriteAccess'
        eventSources = @(
            foreach ($source in 'docker', 'DockerService') {
                if (Test-Path -LiteralPath "$log\$source") {
                    $source
                }
            }
        )
        dockerClients = @($client | ForEach-Object -Process { "$($_.Definition)" })
    }
}

Add-Section -Name 'hnsCrashes' -Command 'Get-WinEvent' -Read {
    $service = Get-Service -Name 'hns'
    Get-ServiceCrashes -Title "$($service.DisplayName)" -Since ((Get-Date).AddDays(-1))
}

Write-Document -Document @{
    schema = 1
    takenAt = [System.DateTime]::UtcNow.ToString('o')
    sections = $sections
}
