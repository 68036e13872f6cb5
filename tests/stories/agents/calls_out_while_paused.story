A paused agent makes an outgoing call

Busy for the time of the call, dialling included; then unavailable as before.

Channels
  alice  PJSIP/1001-00000001   1.1      1001
  far    PJSIP/trunk-00000002  1.2 1.1  +31201112233

Events
  09:00:00.0  QueueMemberAdded               Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  09:00:30.0  QueueMemberPause               Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=1 PausedReason=Callbacks
  09:01:00.0  Newchannel        alice        ChannelState=4 Context=from-internal Exten=+31201112233
  09:01:00.0  Newexten          alice        Context=from-internal Extension=+31201112233 Priority=1 Application=Goto
  09:01:00.0  Newchannel        far          ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:01:00.0  DialBegin         alice > far  DialString=+31201112233@trunk
  09:01:10.0  DialEnd           alice > far  DialStatus=ANSWER
  09:01:10.0  BridgeEnter       far          BridgeUniqueid=b1
  09:01:10.0  BridgeEnter       alice        BridgeUniqueid=b1
  09:01:40.0  HangupRequest     alice        Cause=16
  09:01:40.0  BridgeLeave       alice        BridgeUniqueid=b1
  09:01:40.0  BridgeLeave       far          BridgeUniqueid=b1
  09:01:40.0  Hangup            far          Cause=16
  09:01:40.0  Hangup            alice        Cause=16

States
  agent          from      until     state        reason
  Alice_Janssen  09:00:00  09:00:30  available    -
  Alice_Janssen  09:00:30  09:01:00  unavailable  Callbacks
  Alice_Janssen  09:01:00  09:01:40  busy         -
  Alice_Janssen  09:01:40  -         unavailable  Callbacks
