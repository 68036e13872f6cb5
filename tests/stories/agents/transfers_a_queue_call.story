An agent transfers a queue call to a colleague

The agent is busy while asking the colleague, and has wrap-up from the moment the call was given away, not from its end.

Setting
  sales wrap_up_seconds 15

Channels
  caller            PJSIP/trunk-00000001  1.1      +31612345678
  alice             PJSIP/1001-00000002   1.2 1.1  1001
  alice_consulting  PJSIP/1001-00000003   1.3      1001
  gijs              PJSIP/1007-00000004   1.4 1.3  1007

Events
  09:00:00.0  QueueMemberAdded                           Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen Paused=0
  09:01:00.0  Newchannel        caller                   ChannelState=4 Context=from-trunk Exten=+31201230001
  09:01:00.0  Newexten          caller                   Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:01:00.0  Newexten          caller                   Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:01:00.0  Newexten          caller                   Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:01:00.0  QueueCallerJoin   caller                   Queue=sales Position=1 Count=1
  09:01:00.0  Newchannel        alice                    ChannelState=0 Exten=s
  09:01:00.0  AgentCalled       caller > alice           Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:01:00.0  DialBegin         caller > alice           DialString=1001
  09:01:04.0  DialEnd           caller > alice           DialStatus=ANSWER
  09:01:04.0  QueueCallerLeave  caller                   Queue=sales Position=1 Count=0
  09:01:04.0  AgentConnect      caller > alice           Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 RingTime=4
  09:01:04.0  BridgeEnter       alice                    BridgeUniqueid=b1
  09:01:04.0  BridgeEnter       caller                   BridgeUniqueid=b1
  09:01:10.0  Hold              alice                    MusicClass=default
  09:01:10.3  Newchannel        alice_consulting         ChannelState=4 Context=from-internal Exten=1007
  09:01:10.3  Newexten          alice_consulting         Context=from-internal Extension=1007 Priority=1 Application=Goto AppData=ext-local,1007,1
  09:01:10.4  Newchannel        gijs                     ChannelState=0 Exten=s
  09:01:10.4  DialBegin         alice_consulting > gijs  DialString=1007
  09:01:14.0  DialEnd           alice_consulting > gijs  DialStatus=ANSWER
  09:01:14.0  BridgeEnter       gijs                     BridgeUniqueid=b2
  09:01:14.0  BridgeEnter       alice_consulting         BridgeUniqueid=b2
  09:01:20.0  Unhold            alice
  09:01:20.0  Unhold            alice_consulting
  09:01:20.0  BridgeLeave       caller                   BridgeUniqueid=b1
  09:01:20.0  BridgeLeave       alice_consulting         BridgeUniqueid=b2
  09:01:20.0  BridgeEnter       caller                   BridgeUniqueid=b2 SwapUniqueid=1.3
  09:01:20.0  AttendedTransfer  OrigTransferer:alice SecondTransferer:alice_consulting Transferee:caller TransferTarget:gijs  Result=Success DestType=Bridge OrigBridgeUniqueid=b1 SecondBridgeUniqueid=b2 DestBridgeUniqueid=b2 TransferTargetLinkedid=1.1
  09:01:20.0  BridgeLeave       alice                    BridgeUniqueid=b1
  09:01:20.0  Hangup            alice                    Cause=16
  09:01:20.0  Hangup            alice_consulting         Cause=16
  09:01:20.0  AgentComplete     caller > alice           Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 TalkTime=16 Reason=transfer
  09:01:50.0  HangupRequest     gijs                     Cause=16 Linkedid=1.1
  09:01:50.0  BridgeLeave       gijs                     BridgeUniqueid=b2 Linkedid=1.1
  09:01:50.0  BridgeLeave       caller                   BridgeUniqueid=b2
  09:01:50.0  Hangup            gijs                     Cause=16 Linkedid=1.1
  09:01:50.0  Hangup            caller                   Cause=16

Calls
  outcome   by    talk
  answered  1001  46
States
  agent          from      until     state
  Alice_Janssen  09:00:00  09:01:00  available
  Alice_Janssen  09:01:00  09:01:04  ringing
  Alice_Janssen  09:01:04  09:01:20  busy
  Alice_Janssen  09:01:20  09:01:35  wrap_up
  Alice_Janssen  09:01:35  -         available
Missed
  outside  state
