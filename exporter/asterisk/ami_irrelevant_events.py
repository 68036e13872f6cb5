"""The AMI events that are known and not used."""

from collections.abc import Mapping

IRRELEVANT_EVENTS: Mapping[str, str] = {
    **dict.fromkeys(("CEL", "Cdr"), "read from their files, which have what nobody listened to as well"),
    **dict.fromkeys(
        ("Newstate", "DialState", "NewConnectedLine", "NewAccountCode", "Rename", "OriginateResponse",
         "SoftHangupRequest", "HangupHandlerPush", "HangupHandlerPop", "HangupHandlerRun",
         "MusicOnHoldStart", "MusicOnHoldStop", "DAHDIChannel", "ChannelTalkingStart",
         "ChannelTalkingStop"),
        "what it says of a connection is said by the dial, bridge, hold and hang-up events",
    ),
    **dict.fromkeys(
        ("BridgeCreate", "BridgeDestroy", "BridgeMerge", "BridgeVideoSourceUpdate", "BridgeListItem",
         "BridgeListComplete", "BridgeInfoChannel", "BridgeInfoComplete", "LocalOptimizationBegin",
         "LocalOptimizationEnd"),
        "who talks with whom is told by who enters and leaves",
    ),
    **dict.fromkeys(
        ("ConfbridgeStart", "ConfbridgeEnd", "ConfbridgeJoin", "ConfbridgeLeave", "ConfbridgeTalking",
         "ConfbridgeMute", "ConfbridgeUnmute", "ConfbridgeRecord", "ConfbridgeStopRecord",
         "ConfbridgeList", "ConfbridgeListRooms", "ConfbridgeListComplete",
         "ConfbridgeListRoomsComplete", "MeetmeJoin", "MeetmeLeave", "MeetmeEnd", "MeetmeMute",
         "MeetmeTalking", "MeetmeTalkRequest", "MeetmeList", "MeetmeListRooms", "MeetmeListComplete"),
        "a conference's conversation is told by who enters and leaves its bridge",
    ),
    **dict.fromkeys(
        ("QueueMemberStatus", "QueueMemberPenalty", "QueueMemberRinginuse", "QueueParams",
         "QueueStatusComplete", "QueueSummary", "QueueSummaryComplete", "QueueRule",
         "QueueRuleListComplete"),
        "states of devices come once per device, and figures are counted from the calls themselves",
    ),
    **dict.fromkeys(
        ("ExtensionStatus", "ExtensionStateListComplete", "DeviceStateListComplete",
         "PresenceStateChange", "PresenceStatus", "PresenceStateListComplete", "EndpointList",
         "EndpointListComplete", "EndpointDetail", "EndpointDetailComplete", "AorDetail", "AuthDetail",
         "TransportDetail", "IdentifyDetail", "ContactStatusDetail", "ContactList",
         "ContactListComplete", "AorList", "AorListComplete", "AuthList", "AuthListComplete",
         "ResourceListDetail", "ContactStatus", "PeerStatus", "PeerEntry", "PeerlistComplete",
         "Registry", "RegistryEntry", "RegistrationsComplete", "InboundRegistrationDetail",
         "InboundRegistrationDetailComplete", "OutboundRegistrationDetail",
         "OutboundRegistrationDetailComplete", "DeviceStateListItem", "SIPpeerstatus"),
        "the state of a device is told by DeviceStateChange",
    ),
    **dict.fromkeys(
        ("DTMFBegin", "DTMFEnd", "RTCPSent", "RTCPReceived", "TestEvent", "MCID", "AOC-D", "AOC-E",
         "AOC-S", "MiniVoiceMail", "MessageWaiting", "MWIGet", "MWIGetComplete", "FAXStatus",
         "FAXSession", "FAXSessionsEntry", "FAXSessionsComplete", "FAXStats", "ReceiveFAX", "SendFAX",
         "MixMonitorStart", "MixMonitorStop", "MixMonitorMute", "ChanSpyStart", "ChanSpyStop",
         "SpanAlarm", "SpanAlarmClear", "Alarm", "AlarmClear", "Flash", "Wink", "Deadlock"),
        "says nothing about who called whom",
    ),
    **dict.fromkeys(
        ("AGIExecStart", "AGIExecEnd", "AsyncAGIStart", "AsyncAGIExec", "AsyncAGIEnd", "UserEvent",
         "Load", "Unload", "Reload", "LogChannel", "Status", "StatusComplete",
         "CoreShowChannelMapComplete", "DBGetResponse", "DBGetTreeResponse", "DBGetComplete",
         "DBGetTreeComplete", "ListDialplan", "ShowDialPlanComplete", "Command", "MessageSendComplete",
         "DNDStateComplete", "CCAvailable", "CCOfferTimerStart", "CCRequested", "CCRequestAcknowledged",
         "CCCallerStopMonitoring", "CCCallerStartMonitoring", "CCCallerRecalling", "CCRecallComplete",
         "CCFailure", "CCMonitorFailed", "ParkingLot", "ParkinglotsComplete", "ParkedCallsComplete"),
        "about the PBX's own workings",
    ),
    **dict.fromkeys(
        ("SuccessfulAuth", "FailedACL", "InvalidAccountID", "SessionLimit", "MemoryLimit",
         "LoadAverageLimit", "RequestNotSupported", "RequestNotAllowed", "AuthMethodNotAllowed",
         "RequestBadFormat", "UnexpectedAddress", "ChallengeResponseFailed", "InvalidPassword",
         "ChallengeSent", "InvalidTransport"),
        "about who logs in to the PBX",
    ),
}  # fmt: skip
"""Known events that say nothing that the product needs, each with the reason."""
