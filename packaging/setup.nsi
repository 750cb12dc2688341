; The set-up for people: for this account without an administrator, or for all accounts with one.
; Values come from shipping/installers.py by -D. Exit codes: 0 done, 1 cancelled, 2 failed,
; 3 the program is running, 740 for all accounts it must be run as an administrator.

Unicode true
ManifestDPIAware true
ManifestSupportedOS Win10
!ifdef TARGET
  Target ${TARGET}
!endif
SetCompressor /SOLID lzma
SetCompressorDictSize 64 ; both programs hold the same modules: stored once

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include x64.nsh
!include nsDialogs.nsh

Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user ; nobody is asked for an administrator until all accounts are chosen
BrandingText " "
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${NUMBERS}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} set-up"
VIAddVersionKey "CompanyName" "${PUBLISHER}"
VIAddVersionKey "LegalCopyright" "${COPYRIGHT}"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"'
!endif

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${IDENTIFIER}"
!define OWN_KEY "Software\${IDENTIFIER}"
!define PATHS_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths"
!define RUNNING 3
!define ELEVATION_REQUIRED 740

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\wcn-console.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Open ${NAME}"
Page custom ScopePage ScopePageLeave
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Var Scope ; "user" or "machine"
Var ScopeGiven ; "yes" where the command line said it
Var ForThisAccount
Var ForAllAccounts

; ---------------------------------------------------------------- for whom

!macro UseScope
  ${If} $Scope == "machine"
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
!macroend

!macro IsAdministrator result
  UserInfo::GetAccountType
  Pop ${result}
!macroend

; $INSTDIR of the scope: where it is installed already, else where it belongs
Function ChooseFolder
  !insertmacro UseScope
  ReadRegStr $0 SHCTX "${OWN_KEY}" "InstallDir"
  ${If} $0 != ""
    StrCpy $INSTDIR $0
  ${ElseIf} $Scope == "machine"
    StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
  ${Else}
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
  ${EndIf}
FunctionEnd

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "${NAME} needs 64-bit Windows 10, Windows Server 2016 or later." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  SetRegView 64
  StrCpy $Scope "user"
  ReadRegStr $0 HKCU "${OWN_KEY}" "InstallDir"
  ReadRegStr $1 HKLM "${OWN_KEY}" "InstallDir"
  ${If} $0 == ""
  ${AndIf} $1 != ""
    StrCpy $Scope "machine" ; an upgrade stays what it was
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/CurrentUser" $1
  ${IfNot} ${Errors}
    StrCpy $Scope "user"
    StrCpy $ScopeGiven "yes"
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/AllUsers" $1
  ${IfNot} ${Errors}
    StrCpy $Scope "machine"
    StrCpy $ScopeGiven "yes"
  ${EndIf}
  StrCpy $1 $INSTDIR ; /D=FOLDER, if it was given
  Call ChooseFolder
  ${If} $1 != ""
    StrCpy $INSTDIR $1
  ${EndIf}
  ${If} $Scope == "machine"
    !insertmacro IsAdministrator $0
    ${If} $0 != "Admin"
      ${If} ${Silent}
        SetErrorLevel ${ELEVATION_REQUIRED}
        Quit
      ${ElseIf} $ScopeGiven == "yes"
        Call StartAsAdministrator
      ${EndIf}
    ${EndIf}
  ${EndIf}
FunctionEnd

Function ScopePage
  ${If} $ScopeGiven == "yes"
    Abort ; the page is passed over
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "Install for whom?" "Your data and settings are kept for each account in either case."
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateFirstRadioButton} 0 10u 100% 12u "For &me only (no administrator needed)"
  Pop $ForThisAccount
  ${NSD_CreateAdditionalRadioButton} 0 30u 100% 12u "For &all accounts of this computer (asks for an administrator)"
  Pop $ForAllAccounts
  ${If} $Scope == "machine"
    ${NSD_Check} $ForAllAccounts
  ${Else}
    ${NSD_Check} $ForThisAccount
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function ScopePageLeave
  ${NSD_GetState} $ForAllAccounts $0
  ${If} $0 == ${BST_CHECKED}
    StrCpy $Scope "machine"
    !insertmacro IsAdministrator $1
    ${If} $1 != "Admin"
      Call StartAsAdministrator
    ${EndIf}
  ${Else}
    StrCpy $Scope "user"
  ${EndIf}
  Call ChooseFolder
FunctionEnd

; Start this set-up again through UAC and end this one. Where the person declines, stay on the page.
Function StartAsAdministrator
  ClearErrors
  ExecShell "runas" "$EXEPATH" "/AllUsers"
  ${If} ${Errors}
    ${If} $ScopeGiven == "yes"
      SetErrorLevel ${ELEVATION_REQUIRED}
      Quit
    ${EndIf}
    Abort
  ${EndIf}
  Quit
FunctionEnd

; ---------------------------------------------------------------- is it running?

; Windows lets nobody write to the file of a running program, whoever runs it and from where.
!macro RefuseWhileRunning un
Function ${un}RefuseWhileRunning
  ask:
  StrCpy $2 ""
  StrCpy $1 "wcn-console.exe"
  Call ${un}LookAt
  StrCpy $1 "wcn.exe"
  Call ${un}LookAt
  ${If} $2 != ""
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION \
      "$2 in $INSTDIR is running. Close it (and any terminal that uses it), then choose Retry." \
      /SD IDCANCEL IDRETRY ask
    SetErrorLevel ${RUNNING}
    Quit
  ${EndIf}
FunctionEnd

Function ${un}LookAt
  ${If} ${FileExists} "$INSTDIR\$1"
    ClearErrors
    FileOpen $0 "$INSTDIR\$1" a
    ${If} ${Errors}
      StrCpy $2 $1
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
FunctionEnd
!macroend
!insertmacro RefuseWhileRunning ""
!insertmacro RefuseWhileRunning "un."

; ---------------------------------------------------------------- install

Section
  SetRegView 64
  !insertmacro UseScope
  Call RefuseWhileRunning
  ; An older version takes away exactly what it brought; what people made stays.
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    ClearErrors
    ExecWait '"$INSTDIR\uninstall.exe" /S /Scope=$Scope _?=$INSTDIR' $0
    ${If} ${Errors}
    ${OrIf} $0 <> 0
      MessageBox MB_OK|MB_ICONSTOP "The version in $INSTDIR could not be replaced (exit code $0)." /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
  ${EndIf}
  SetOutPath "$INSTDIR"
  ClearErrors
  !include "${FILES}" ; one File command for each file
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "Not every file could be written to $INSTDIR." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\wcn-console.exe" "" "$INSTDIR\wcn-console.exe" 0 \
    SW_SHOWNORMAL "" "${SUMMARY}"
  WriteRegStr SHCTX "${OWN_KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr SHCTX "${PATHS_KEY}\wcn-console.exe" "" "$INSTDIR\wcn-console.exe"
  WriteRegStr SHCTX "${PATHS_KEY}\wcn.exe" "" "$INSTDIR\wcn.exe"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\wcn-console.exe,0"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /Scope=$Scope'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S /Scope=$Scope'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

; ---------------------------------------------------------------- uninstall

Function un.onInit
  SetRegView 64
  StrCpy $Scope "user"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/Scope=" $1
  ${IfNot} ${Errors}
    StrCpy $Scope $1
  ${EndIf}
  ${If} $Scope == "machine"
    !insertmacro IsAdministrator $0
    ${If} $0 != "Admin"
      ${If} ${Silent}
        SetErrorLevel ${ELEVATION_REQUIRED}
      ${Else}
        ExecShell "runas" "$INSTDIR\uninstall.exe" "/Scope=machine"
      ${EndIf}
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "Uninstall"
  !insertmacro UseScope
  Call un.RefuseWhileRunning
  ; Each file that was installed, and each folder that is empty then: nothing that others put there.
  !include "${UNINSTALL_FILES}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey SHCTX "${PATHS_KEY}\wcn-console.exe"
  DeleteRegKey SHCTX "${PATHS_KEY}\wcn.exe"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  DeleteRegKey SHCTX "${OWN_KEY}"
SectionEnd
