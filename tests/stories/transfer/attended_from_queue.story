An attended transfer of a queue call whose agents are rung directly

With the telephone itself as queue member, the queue sees the transfer: AgentComplete comes with Reason transfer.

Channels
  caller            PJSIP/trunk-00000001  1.1      +31612345678
  alice             PJSIP/1001-00000002   1.2 1.1  1001
  alice_consulting  PJSIP/1001-00000003   1.3      1001
  gijs              PJSIP/1007-00000004   1.4 1.3  1007

Events
  09:00:00.0  Newchannel        caller                   ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller                   Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller                   Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten          caller                   Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin   caller                   Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel        alice                    ChannelState=0 Exten=s
  09:00:00.1  AgentCalled       caller > alice           Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen
  09:00:00.1  DialBegin         caller > alice           DialString=1001
  09:00:04.1  DialEnd           caller > alice           DialStatus=ANSWER
  09:00:04.1  QueueCallerLeave  caller                   Queue=sales Position=1 Count=0
  09:00:04.1  AgentConnect      caller > alice           Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 RingTime=4
  09:00:04.1  BridgeEnter       alice                    BridgeUniqueid=b1
  09:00:04.1  BridgeEnter       caller                   BridgeUniqueid=b1
  09:00:10.1  Hold              alice                    MusicClass=default
  09:00:10.4  Newchannel        alice_consulting         ChannelState=4 Context=from-internal Exten=1007
  09:00:10.4  Newexten          alice_consulting         Context=from-internal Extension=1007 Priority=1 Application=Goto AppData=ext-local,1007,1
  09:00:10.5  Newchannel        gijs                     ChannelState=0 Exten=s
  09:00:10.5  DialBegin         alice_consulting > gijs  DialString=1007
  09:00:14.1  DialEnd           alice_consulting > gijs  DialStatus=ANSWER
  09:00:14.1  BridgeEnter       gijs                     BridgeUniqueid=b2
  09:00:14.1  BridgeEnter       alice_consulting         BridgeUniqueid=b2
  09:00:20.1  Unhold            alice
  09:00:20.1  Unhold            alice_consulting
  09:00:20.1  BridgeLeave       caller                   BridgeUniqueid=b1
  09:00:20.1  BridgeLeave       alice_consulting         BridgeUniqueid=b2
  09:00:20.1  BridgeEnter       caller                   BridgeUniqueid=b2 SwapUniqueid=1.3
  09:00:20.1  AttendedTransfer  OrigTransferer:alice SecondTransferer:alice_consulting Transferee:caller TransferTarget:gijs  Result=Success DestType=Bridge OrigBridgeUniqueid=b1 SecondBridgeUniqueid=b2 DestBridgeUniqueid=b2 TransferTargetLinkedid=1.1
  09:00:20.1  BridgeLeave       alice                    BridgeUniqueid=b1
  09:00:20.1  Hangup            alice                    Cause=16
  09:00:20.1  Hangup            alice_consulting         Cause=16
  09:00:20.1  AgentComplete     caller > alice           Queue=sales Interface=PJSIP/1001 MemberName=Alice_Janssen HoldTime=4 TalkTime=16 Reason=transfer
  09:00:50.1  HangupRequest     gijs                     Cause=16 Linkedid=1.1
  09:00:50.1  BridgeLeave       gijs                     BridgeUniqueid=b2 Linkedid=1.1
  09:00:50.1  BridgeLeave       caller                   BridgeUniqueid=b2
  09:00:50.1  Hangup            gijs                     Cause=16 Linkedid=1.1
  09:00:50.1  Hangup            caller                   Cause=16

Calls
  group  outcome   by    wait  talk  transfers  ended_by
  sales  answered  1001  4     46    1          callee
Legs
  extension  agent          outcome   ring  talk
  1001       Alice_Janssen  answered  4     16
  1007       -              answered  4     36
Visits
  group  outcome   wait  talk  agent
  sales  answered  4     16    Alice_Janssen
