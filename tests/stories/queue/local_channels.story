A queue rings its agents through local channels, as FreePBX does

One ring of one agent makes three channels, two dials and two bridges: it is one leg.

Channels
  caller    PJSIP/trunk-00000001              1.1      +31612345678
  bram_one  Local/1002@from-queue-00000001;1  1.2 1.1  <unknown>
  bram_two  Local/1002@from-queue-00000001;2  1.3 1.1  <unknown>
  bram      PJSIP/1002-00000004               1.4 1.1  1002

Events
  09:00:00.0  Newchannel        caller             ChannelState=4 Context=from-trunk Exten=+31201230001
  09:00:00.0  Newexten          caller             Context=from-trunk Extension=+31201230001 Priority=1 Application=Set AppData=FROM_DID=+31201230001
  09:00:00.0  Newexten          caller             Context=ext-queues Extension=400 Priority=1 Application=Answer
  09:00:00.0  Newexten          caller             Context=ext-queues Extension=400 Priority=2 Application=Queue AppData=sales,tT
  09:00:00.0  QueueCallerJoin   caller             Queue=sales Position=1 Count=1
  09:00:00.1  Newchannel        bram_one           ChannelState=0 Exten=1002
  09:00:00.1  Newchannel        bram_two           ChannelState=4 Exten=1002
  09:00:00.1  NewCallerid       bram_two           CallerIDNum=+31612345678 CID-CallingPres=0_(Presentation_Allowed,_Not_Screened)
  09:00:00.1  LocalBridge       LocalOne:bram_one LocalTwo:bram_two  Context=from-queue Exten=1002 LocalOptimization=No
  09:00:00.1  AgentCalled       caller > bram_one  Queue=sales Interface=Local/1002@from-queue/n MemberName=Bram_de_Vries
  09:00:00.1  DialBegin         caller > bram_one  DialString=Local/1002@from-queue/n
  09:00:00.1  Newexten          bram_two           Context=from-queue Extension=1002 Priority=1 Application=GotoIf AppData=0?dnd
  09:00:00.1  Newchannel        bram               ChannelState=0 Exten=s
  09:00:00.1  DialBegin         bram_two > bram    DialString=1002
  09:00:06.1  DialEnd           bram_two > bram    DialStatus=ANSWER
  09:00:06.1  BridgeEnter       bram               BridgeUniqueid=b1
  09:00:06.1  DialEnd           caller > bram_one  DialStatus=ANSWER
  09:00:06.1  QueueCallerLeave  caller             Queue=sales Position=1 Count=0
  09:00:06.1  AgentConnect      caller > bram_one  Queue=sales Interface=Local/1002@from-queue/n MemberName=Bram_de_Vries HoldTime=6 RingTime=6
  09:00:06.1  BridgeEnter       bram_two           BridgeUniqueid=b1
  09:00:06.1  BridgeEnter       bram_one           BridgeUniqueid=b2
  09:00:06.1  BridgeEnter       caller             BridgeUniqueid=b2
  09:00:26.1  HangupRequest     caller
  09:00:26.1  AgentComplete     caller > bram_one  Queue=sales Interface=Local/1002@from-queue/n MemberName=Bram_de_Vries HoldTime=6 TalkTime=20 Reason=caller
  09:00:26.1  BridgeLeave       caller             BridgeUniqueid=b2
  09:00:26.1  BridgeLeave       bram_one           BridgeUniqueid=b2
  09:00:26.1  HangupRequest     bram_two           Cause=16
  09:00:26.1  Hangup            bram_one           Cause=16
  09:00:26.1  BridgeLeave       bram_two           BridgeUniqueid=b1
  09:00:26.1  BridgeLeave       bram               BridgeUniqueid=b1
  09:00:26.1  Hangup            caller             Cause=16
  09:00:26.1  Hangup            bram               Cause=16
  09:00:26.1  Hangup            bram_two           Cause=16

Calls
  group  outcome   by    wait  talk  hold
  sales  answered  1002  6     20    0
Legs
  role    kind       extension  agent          outcome   ring  talk
  caller  outside    -          -              answered  0     20
  called  extension  1002       Bram_de_Vries  answered  6     20
Visits
  group  outcome   wait  talk  agent
  sales  answered  6     20    Bram_de_Vries
