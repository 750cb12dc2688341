<#
.SYNOPSIS
The one command the console starts PowerShell with (-EncodedCommand; the text never varies).

Standard input is one line of JSON in ASCII: the file of a named script and its parameters. A text comes
with "=" before it, since ConvertFrom-Json makes dates of texts that look like one. Standard output is
what the script writes. Where it fails, one last line of output tells how, and the exit code is 70.

Both preferences are the global ones, which functions and CIM cmdlets of modules heed: a script's own do not
reach them, and one that asks for confirmation (Remove-NetNat) fails where nobody can answer.

It calls no method that the constrained language mode forbids, so that a script which App Control
allows also runs where everything else is restricted.
#>
$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
$mode = "$($ExecutionContext.SessionState.LanguageMode)"
if ($mode -eq 'FullLanguage') {
    [Console]::OutputEncoding = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false
}

try {
    $request = $input | Out-String | ConvertFrom-Json
    $parameters = @{}
    foreach ($one in $request.parameters) {
        $value = $one.value
        if ($one.kind -eq 'text') {
            $value = $one.value.Substring(1)
        }
        if ($one.kind -eq 'texts') {
            $value = @($one.value | ForEach-Object -Process { $_.Substring(1) })
        }
        $parameters[$one.name] = $value
    }
    $file = $request.file
    & $file @parameters
} catch {
    $failed = @{
        message = "$($_.Exception.Message)"
        category = "$($_.CategoryInfo.Category)"
        id = "$($_.FullyQualifiedErrorId)"
        hresult = "$($_.Exception.HResult)"
        mode = $mode
    }
    $json = ConvertTo-Json -InputObject $failed -Compress
    Write-Output -InputObject "script-failed:$json"
    exit 70
}
exit 0
