An attended transfer by a feature code

With *2 Asterisk itself dials the colleague, through a local channel that it takes out after the transfer. All channels have the
call's identity. Alice's hang-up completes the transfer.

Channels
  caller    PJSIP/trunk-00000001                 1.1      +31612345678
  alice     PJSIP/1001-00000002                  1.2 1.1  1001
  gijs_one  Local/1007@from-internal-00000001;1  1.3 1.1  <unknown>
  gijs_two  Local/1007@from-internal-00000001;2  1.4 1.1  1001
  gijs      PJSIP/1007-00000005                  1.5 1.1  1007

Events
  09:00:00.0  Newchannel        caller           ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten          caller           Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten          caller           Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel        alice            ChannelState=0 Exten=s
  09:00:00.1  DialBegin         caller > alice   DialString=1001
  09:00:03.1  DialEnd           caller > alice   DialStatus=ANSWER
  09:00:03.1  BridgeEnter       alice            BridgeUniqueid=b1
  09:00:03.1  BridgeEnter       caller           BridgeUniqueid=b1
  09:00:10.1  Hold              alice
  09:00:10.1  Newchannel        gijs_one         ChannelState=0 Exten=1007
  09:00:10.1  Newchannel        gijs_two         ChannelState=4 Exten=1007
  09:00:10.1  LocalBridge       LocalOne:gijs_one LocalTwo:gijs_two  Context=from-internal Exten=1007 LocalOptimization=Yes
  09:00:10.1  BridgeEnter       gijs_one         BridgeUniqueid=b2
  09:00:10.1  BridgeLeave       alice            BridgeUniqueid=b1
  09:00:10.1  BridgeEnter       alice            BridgeUniqueid=b2
  09:00:10.1  Newexten          gijs_two         Context=from-internal Extension=1007 Priority=1 Application=Goto AppData=ext-local,1007,1
  09:00:10.1  Newchannel        gijs             ChannelState=0 Exten=s
  09:00:10.1  DialBegin         gijs_two > gijs  DialString=1007
  09:00:14.1  DialEnd           gijs_two > gijs  DialStatus=ANSWER
  09:00:14.1  BridgeEnter       gijs             BridgeUniqueid=b3
  09:00:14.1  DialEnd           > gijs_one       DialStatus=ANSWER
  09:00:14.1  BridgeEnter       gijs_two         BridgeUniqueid=b3
  09:00:20.1  HangupRequest     alice            Cause=16
  09:00:20.1  BridgeLeave       alice            BridgeUniqueid=b2
  09:00:20.1  BridgeLeave       gijs_one         BridgeUniqueid=b2
  09:00:20.1  BridgeEnter       gijs_one         BridgeUniqueid=b1
  09:00:20.1  AttendedTransfer  OrigTransferer:alice SecondTransferer:alice Transferee:caller  Result=Success DestType=Bridge OrigBridgeUniqueid=b1 SecondBridgeUniqueid=b2 DestBridgeUniqueid=b1
  09:00:20.1  Hangup            alice            Cause=16
  09:00:20.5  BridgeLeave       gijs             BridgeUniqueid=b3
  09:00:20.5  BridgeLeave       gijs_one         BridgeUniqueid=b1
  09:00:20.5  BridgeEnter       gijs             BridgeUniqueid=b1 SwapUniqueid=1.3
  09:00:20.5  HangupRequest     gijs_two         Cause=16
  09:00:20.5  Hangup            gijs_one         Cause=16
  09:00:20.5  BridgeLeave       gijs_two         BridgeUniqueid=b3
  09:00:20.5  Hangup            gijs_two         Cause=16
  09:00:50.1  HangupRequest     caller           Cause=16
  09:00:50.1  BridgeLeave       caller           BridgeUniqueid=b1
  09:00:50.1  BridgeLeave       gijs             BridgeUniqueid=b1
  09:00:50.1  Hangup            gijs             Cause=16
  09:00:50.1  Hangup            caller           Cause=16

Calls
  direction  outcome   by    wait  talk  hold  duration  transfers  ended_by
  incoming   answered  1001  3     47    10    47        1          caller
Legs
  extension  outcome   ring  talk  hold
  1001       answered  3     17    10
  1007       answered  4     36    0
Missed
  outside  state
