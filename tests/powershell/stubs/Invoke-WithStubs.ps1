# Runs one script with the stubs in place of Windows' cmdlets; its parameters come as JSON on standard input.
param([string] $Stubs, [string] $Script)
$ErrorActionPreference = 'Stop'
$text = [System.Console]::In.ReadToEnd()
$document = ConvertFrom-Json -InputObject $text
. $Stubs
$parameters = @{}
foreach ($property in $document.PSObject.Properties) {
    $parameters[$property.Name] = $property.Value
}
& $Script @parameters
