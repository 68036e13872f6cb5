A signed-in agent has a call on the own direct number

Busy is busy, whoever called; but wrap-up is only after a queue's call.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  alice   PJSIP/1001-00000002   1.2 1.1  1001

Events
  09:00:00.0  QueueMemberAdded                  Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  09:01:00.0  Newchannel        caller          ChannelState=4 Context=from-trunk Exten=+31201230002
  09:01:00.0  Newexten          caller          Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:01:00.0  Newchannel        alice           ChannelState=0 Exten=s
  09:01:00.0  DialBegin         caller > alice  DialString=1001
  09:01:03.0  DialEnd           caller > alice  DialStatus=ANSWER
  09:01:03.0  BridgeEnter       alice           BridgeUniqueid=b1
  09:01:03.0  BridgeEnter       caller          BridgeUniqueid=b1
  09:01:33.0  HangupRequest     caller          Cause=16
  09:01:33.0  BridgeLeave       caller          BridgeUniqueid=b1
  09:01:33.0  BridgeLeave       alice           BridgeUniqueid=b1
  09:01:33.0  Hangup            alice           Cause=16
  09:01:33.0  Hangup            caller          Cause=16

Legs
  extension  agent  outcome
  1001       -      answered
States
  agent          from      until     state
  Alice_Janssen  09:00:00  09:01:00  available
  Alice_Janssen  09:01:00  09:01:03  ringing
  Alice_Janssen  09:01:03  09:01:33  busy
  Alice_Janssen  09:01:33  -         available
