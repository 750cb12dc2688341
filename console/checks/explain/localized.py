"""Windows' own sentences in each language, where an engine passes them on without their code.

Engines up to 19.03 say ``HNS failed with error : SENTENCE`` and no code (reference, 4.1). The sentences
are the system's messages (FormatMessage) as Windows in that language prints them; they count only where
the text is about HNS, since every other program prints them too.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from console.checks.explain.paste import squeeze

_SENTENCES: Final = {
    "0x57": (
        "Falscher Parameter", "Paramètre incorrect", "El parámetro no es correcto",
        "Parâmetro incorreto", "Parâmetro incorrecto", "Parametro non corretto",
        "De parameter is onjuist", "Parametr jest niepoprawny",
        "Параметр задан неверно",
        "参数错误", "參數錯誤",
        "パラメーターが間違っています",
        "매개 변수가 틀립니다",
    ),
    "0x490": (
        "Element nicht gefunden", "Élément introuvable", "No se ha encontrado el elemento",
        "No se encontró el elemento", "Elemento no encontrado", "Elemento não encontrado",
        "Impossibile trovare l'elemento", "Elemento non trovato", "Element niet gevonden",
        "Элемент не найден",
        "找不到元素", "找不到元件",
        "要素が見つかりません",
    ),
    "0x20": (
        "Der Prozess kann nicht auf die Datei zugreifen", "Le processus ne peut pas accéder au fichier",
        "El proceso no tiene acceso al archivo", "O arquivo já está sendo usado por outro processo",
        "O processo não pode acessar o arquivo", "Impossibile accedere al file",
        "Het proces heeft geen toegang tot het bestand",
        "Процесс не может получить доступ к файлу",
        "另一个程序正在使用此文件",
        "程序無法存取檔案",
        "プロセスはファイルにアクセスできません",
    ),
    "0x6d9": (
        "Es sind keine weiteren Endpunkte",
        "plus de points de terminaison", "No hay más extremos disponibles",
        "Não há mais pontos de extremidade", "Non sono disponibili altri endpoint",
        "终结点映射器中没有更多的终结点",
    ),
    "0x2": (
        "The system cannot find the file", "Das System kann die angegebene Datei nicht finden",
        "Le fichier spécifié est introuvable", "El sistema no puede encontrar el archivo",
        "O sistema não pode encontrar o arquivo", "Impossibile trovare il file specificato",
        "系统找不到指定的文件", "系統找不到指定的檔案",
        "Не удается найти указанный файл",
    ),
    "0x5": (
        "Access is denied",
        "Zugriff verweigert", "Accès refusé", "Acceso denegado", "Acesso negado", "Accesso negato",
        "Toegang geweigerd", "Odmowa dostępu",
        "Отказано в доступе",
        "拒绝访问", "存取被拒",
        "アクセスが拒否されました",
    ),
    "0x80004005": (
        "Unbekannter Fehler", "Erreur non spécifiée", "Error no especificado", "Erro não especificado",
        "Errore non specificato", "Niet nader omschreven fout",
        "Неопознанная ошибка",
        "未指定的错误", "未指定的錯誤",
        "エラーを特定できません",
    ),
    "0x803b0006": (
        "kein Adapter gefunden", "Adapter wurde nicht gefunden",
        "Adaptateur introuvable", "Carte introuvable",
        "No se encontró ningún adaptador", "No se encontró un adaptador", "adaptador não foi encontrado",
        "找不到适配器", "未找到适配器", "找不到配接器",
    ),
    "0x1392": (
        "Das Objekt ist bereits vorhanden", "L'objet existe déjà",
        "El objeto ya existe", "O objeto já existe",
        "L'oggetto esiste già", "对象已存在", "物件已存在",
        "Объект уже существует",
    ),
    "0x803b0010": (
        "Netzwerk mit diesem Namen ist bereits vorhanden", "réseau portant ce nom existe déjà",
        "Ya existe una red con este nombre", "Já existe uma rede com este nome",
        "同名的网络已存在", "已存在具有此名称的网络",
    ),
    "0x803b0017": (
        "degraded object", "verslechterd object", "degradiertes Objekt", "heruntergestuftes Objekt",
        "objet dégradé", "objeto degradado", "已降级的对象", "降级对象",
    ),
    "0x426": (
        "Der Dienst wurde nicht gestartet", "Le service n'a pas été démarré",
        "No se ha iniciado el servicio", "O serviço não foi iniciado",
        "服务尚未启动", "服務尚未啟動",
    ),
    "0x12f": (
        "因为它正在被删除", "Die Datei kann nicht geöffnet werden, da sie gerade gelöscht wird",
        "car il est en cours de suppression", "porque está en proceso de eliminación",
    ),
    "0x6be": (
        "Der Remoteprozeduraufruf ist fehlgeschlagen", "Échec de l'appel de procédure distante",
        "Error en la llamada a procedimiento remoto", "Falha na chamada de procedimento remoto",
        "远程过程调用失败", "遠端程序呼叫失敗",
    ),
    "0x15": (
        "Das Gerät ist nicht bereit", "Le périphérique n'est pas prêt", "El dispositivo no está listo",
        "O dispositivo não está pronto", "设备未就绪",
    ),
}  # fmt: skip

#: The code that a squeezed sentence says.
CODE_OF_SENTENCE: Final = MappingProxyType(
    {squeeze(sentence): code for code, sentences in _SENTENCES.items() for sentence in sentences}
)
