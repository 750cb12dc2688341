; The set-up for people: for this account without an administrator, or for all accounts with one.
; Values come from shipping/installers.py by -D. Exit codes: 0 done, 1 cancelled, 2 failed, 3 the program
; is running, 4 the Windows Installer package is installed for all accounts, 740 for all accounts it must be
; run as an administrator. An uninstaller that was not given _?=FOLDER goes on as a copy of itself, which
; Windows must do before it can delete it: it ends with 0 at once, whatever becomes of the copy.

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
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${IDENTIFIER}"
!define OWN_KEY "Software\${IDENTIFIER}"
!define PATHS_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths"
!define FAILED 2
!define RUNNING 3
!define PACKAGE_INSTALLED 4
!define ELEVATION_REQUIRED 740

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION OpenConsole
!define MUI_FINISHPAGE_RUN_TEXT "Open ${NAME}"
Page custom ScopePage ScopePageLeave
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE FolderPageLeave
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_PAGE_CUSTOMFUNCTION_SHOW FinishPageShow
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Var Scope ; "user" or "machine"
Var ScopeGiven ; "yes" where the command line said it
Var FolderGiven ; the command line's /D=FOLDER, or ""
Var OldFolder ; where the scope's set-up has installed it already, or ""
Var Asked ; "yes" where the person said that a second installation is wanted
Var Folder ; where RefuseWhileRunning looks
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

; $OldFolder of the scope, and $INSTDIR: what was asked for, else where it is already, else where it belongs
Function ChooseFolder
  !insertmacro UseScope
  ReadRegStr $OldFolder SHCTX "${OWN_KEY}" "${SETUP_FOLDER}"
  ${If} $FolderGiven != ""
    StrCpy $INSTDIR $FolderGiven
  ${ElseIf} $OldFolder != ""
    StrCpy $INSTDIR $OldFolder
  ${ElseIf} $Scope == "machine"
    StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
  ${Else}
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
  ${EndIf}
FunctionEnd

; $0: 0 to go on, else the exit code to end with. For all accounts there is one installation only; beside one
; for this account it is the person's to say.
Function MayInstall
  !insertmacro UseScope
  StrCpy $0 0
  ReadRegStr $1 HKLM "${OWN_KEY}" "${MSI_FOLDER}"
  ${If} $Scope == "machine"
  ${AndIf} $1 != ""
    StrCpy $2 "The Windows Installer package has installed ${NAME} for all accounts, in $1."
    StrCpy $2 "$2 Upgrade it with a newer package, or remove it in Settings > Apps first."
    MessageBox MB_OK|MB_ICONSTOP $2 /SD IDOK
    StrCpy $0 ${PACKAGE_INSTALLED}
    Return
  ${EndIf}
  ReadRegStr $2 SHCTX "${OWN_KEY}" "${SETUP_FOLDER}"
  ${If} $2 != ""
  ${OrIf} $Asked == "yes"
    Return
  ${EndIf}
  ${If} $Scope == "machine"
    ReadRegStr $1 HKCU "${OWN_KEY}" "${SETUP_FOLDER}"
    StrCpy $2 "this account"
  ${Else}
    ${If} $1 == ""
      ReadRegStr $1 HKLM "${OWN_KEY}" "${SETUP_FOLDER}"
    ${EndIf}
    StrCpy $2 "all accounts"
  ${EndIf}
  ${If} $1 != ""
    StrCpy $2 "${NAME} is already installed for $2, in $1. Install it a second time?"
    StrCpy $2 "$2 Each is then upgraded and removed by itself."
    MessageBox MB_YESNO|MB_ICONQUESTION $2 /SD IDYES IDYES second
    StrCpy $0 1
    Return
    second:
    StrCpy $Asked "yes"
  ${EndIf}
FunctionEnd

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    MessageBox MB_OK|MB_ICONSTOP "${NAME} needs ${OLDEST_WINDOWS} or later." /SD IDOK
    SetErrorLevel ${FAILED}
    Quit
  ${EndIf}
  SetRegView 64
  StrCpy $FolderGiven $INSTDIR
  StrCpy $Scope "user"
  ReadRegStr $0 HKCU "${OWN_KEY}" "${SETUP_FOLDER}"
  ReadRegStr $1 HKLM "${OWN_KEY}" "${SETUP_FOLDER}"
  ${If} $0 == ""
  ${AndIf} $1 != ""
    StrCpy $Scope "machine" ; an upgrade stays what it was
  ${EndIf}
  Call ReadCommandLine
  Call ChooseFolder
  ${If} $ScopeGiven == "yes"
  ${OrIf} ${Silent}
    Call MayInstall
    ${If} $0 <> 0
      SetErrorLevel $0
      Quit
    ${EndIf}
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

Function ReadCommandLine
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
  ClearErrors
  ${GetOptions} $0 "/Asked" $1 ; by StartAsAdministrator
  ${IfNot} ${Errors}
    StrCpy $Asked "yes"
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
  ${Else}
    StrCpy $Scope "user"
  ${EndIf}
  StrCpy $Asked ""
  Call MayInstall
  ${If} $0 <> 0
    Abort ; the page stays
  ${EndIf}
  !insertmacro IsAdministrator $0
  ${If} $Scope == "machine"
  ${AndIf} $0 != "Admin"
    Call StartAsAdministrator
  ${EndIf}
  Call ChooseFolder
FunctionEnd

; Start this set-up again through UAC and end this one. Where the person declines, stay on the page.
Function StartAsAdministrator
  StrCpy $0 "/AllUsers /Asked"
  ${If} $FolderGiven != ""
    StrCpy $0 "$0 /D=$FolderGiven" ; it must come last
  ${EndIf}
  ClearErrors
  ExecShell "runas" "$EXEPATH" "$0"
  ${If} ${Errors}
    ${If} $ScopeGiven == "yes"
      SetErrorLevel ${ELEVATION_REQUIRED}
      Quit
    ${EndIf}
    Abort
  ${EndIf}
  Quit
FunctionEnd

; ---------------------------------------------------------------- where to

; $0: 0 to go on, else the exit code to end with. Another program's uninstall.exe would be written over, and
; deleted with ours.
Function MayUseFolder
  StrCpy $0 0
  ${If} $INSTDIR != $OldFolder
  ${AndIf} ${FileExists} "$INSTDIR\uninstall.exe"
    StrCpy $0 "In $INSTDIR there is an uninstall.exe of another program, or of another installation of ${NAME}."
    MessageBox MB_OK|MB_ICONSTOP "$0 Choose another folder." /SD IDOK
    StrCpy $0 ${FAILED}
  ${EndIf}
FunctionEnd

Function FolderPageLeave
  Call MayUseFolder
  ${If} $0 <> 0
    Abort ; the page stays
  ${EndIf}
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
      "$2 in $Folder is running. Close it (and any terminal that uses it), then choose Retry." \
      /SD IDCANCEL IDRETRY ask
    SetErrorLevel ${RUNNING}
    Quit
  ${EndIf}
FunctionEnd

Function ${un}LookAt
  ${If} ${FileExists} "$Folder\$1"
    ClearErrors
    FileOpen $0 "$Folder\$1" a
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

; An older version takes away exactly what it brought; what people made stays. Only the uninstaller that is
; registered is run, wherever it is: one in the new folder may be anybody's.
Function RemoveOldVersion
  ClearErrors
  ExecWait '"$OldFolder\uninstall.exe" /S /Scope=$Scope _?=$OldFolder' $0
  ${If} ${Errors}
  ${OrIf} $0 <> 0
    MessageBox MB_OK|MB_ICONSTOP "The version in $OldFolder could not be replaced (exit code $0)." /SD IDOK
    SetErrorLevel ${FAILED}
    Quit
  ${EndIf}
  Delete "$OldFolder\uninstall.exe" ; it can't delete itself where it runs
  RMDir "$OldFolder"
FunctionEnd

Section
  SetRegView 64
  !insertmacro UseScope
  Call MayUseFolder ; a silent set-up shows no page that could ask
  ${If} $0 <> 0
    SetErrorLevel $0
    Quit
  ${EndIf}
  StrCpy $Folder $INSTDIR
  Call RefuseWhileRunning
  ${If} $OldFolder != ""
  ${AndIf} ${FileExists} "$OldFolder\uninstall.exe"
    StrCpy $Folder $OldFolder
    Call RefuseWhileRunning
    Call RemoveOldVersion
  ${EndIf}
  SetOutPath "$INSTDIR"
  ClearErrors
  !include "${FILES}" ; one File command for each file
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "Not every file could be written to $INSTDIR." /SD IDOK
    SetErrorLevel ${FAILED}
    Quit
  ${EndIf}
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\wcn-console.exe" "" "$INSTDIR\wcn-console.exe" 0 \
    SW_SHOWNORMAL "" "${SUMMARY}"
  WriteRegStr SHCTX "${OWN_KEY}" "${SETUP_FOLDER}" "$INSTDIR"
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

; ---------------------------------------------------------------- finish

; Whoever installs for all accounts may be another person than who will use it, and has all rights.
Function FinishPageShow
  ${If} $Scope == "machine"
    ${NSD_Uncheck} $mui.FinishPage.Run
    ShowWindow $mui.FinishPage.Run ${SW_HIDE}
  ${EndIf}
FunctionEnd

; By the desktop, with its rights: this set-up may have an administrator's.
Function OpenConsole
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\wcn-console.exe"'
FunctionEnd

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
  StrCpy $Folder $INSTDIR
  Call un.RefuseWhileRunning
  ; Each file that was installed, and each folder that is empty then: nothing that others put there.
  !include "${UNINSTALL_FILES}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey SHCTX "${PATHS_KEY}\wcn-console.exe"
  DeleteRegKey SHCTX "${PATHS_KEY}\wcn.exe"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  DeleteRegValue SHCTX "${OWN_KEY}" "${SETUP_FOLDER}"
  DeleteRegKey /ifempty SHCTX "${OWN_KEY}" ; the Windows Installer package keeps a value of its own there
SectionEnd
