Nobody of a hunt group answers and the call goes to a queue

The group passed the caller on.

Channels
  caller  PJSIP/trunk-00000001  1.1      +31612345678
  bram    PJSIP/1002-00000002   1.2 1.1  1002
  eva     PJSIP/1005-00000003   1.3 1.1  1005

Events
  09:00:00.0  Newchannel        caller         ChannelState=4 Context=from-trunk Exten=+31201230003
  09:00:00.0  Newexten          caller         Context=from-trunk Extension=+31201230003 Priority=1 Application=Set AppData=FROM_DID=+31201230003
  09:00:00.0  Newexten          caller         Context=ext-group Extension=600 Priority=1 Application=Dial AppData=PJSIP/1002,12,HhTtr
  09:00:00.1  Newchannel        bram           ChannelState=0 Exten=s
  09:00:00.1  DialBegin         caller > bram  DialString=1002
  09:00:12.1  DialEnd           caller > bram  DialStatus=NOANSWER
  09:00:12.1  Hangup            bram           Cause=0
  09:00:12.1  Newexten          caller         Context=ext-queues Extension=401 Priority=1 Application=Answer
  09:00:12.1  Newexten          caller         Context=ext-queues Extension=401 Priority=2 Application=Queue AppData=support,tT
  09:00:12.1  QueueCallerJoin   caller         Queue=support Position=1 Count=1
  09:00:12.2  Newchannel        eva            ChannelState=0 Exten=s
  09:00:12.2  AgentCalled       caller > eva   Queue=support Interface=PJSIP/1005 MemberName=Eva_Smit
  09:00:12.2  DialBegin         caller > eva   DialString=1005
  09:00:15.1  DialEnd           caller > eva   DialStatus=ANSWER
  09:00:15.1  QueueCallerLeave  caller         Queue=support Position=1 Count=0
  09:00:15.1  AgentConnect      caller > eva   Queue=support Interface=PJSIP/1005 MemberName=Eva_Smit HoldTime=3 RingTime=3
  09:00:15.1  BridgeEnter       eva            BridgeUniqueid=b1
  09:00:15.1  BridgeEnter       caller         BridgeUniqueid=b1
  09:00:25.1  HangupRequest     caller         Cause=16
  09:00:25.1  AgentComplete     caller > eva   Queue=support Interface=PJSIP/1005 MemberName=Eva_Smit HoldTime=3 TalkTime=10 Reason=caller
  09:00:25.1  BridgeLeave       caller         BridgeUniqueid=b1
  09:00:25.1  BridgeLeave       eva            BridgeUniqueid=b1
  09:00:25.1  Hangup            eva            Cause=16
  09:00:25.1  Hangup            caller         Cause=16

Calls
  group  outcome   by    wait  talk
  600    answered  1005  15    10
Legs
  extension  group    outcome   ring
  1002       600      diverted  12
  1005       support  answered  3
Visits
  group    group_kind  outcome     wait  overflowed_from
  600      hunt_group  overflowed  12    -
  support  queue       answered    3     600
Missed
  outside  state
