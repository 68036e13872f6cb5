An attended transfer of a direct call

Alice asks Gijs on a second line, which has a call identity of its own, and then joins the two (REFER with Replaces). The
consultation is part of the caller's call. Gijs talks with Alice for 6 seconds and with the caller for 30.

Channels
  caller            PJSIP/trunk-00000001  1.1      +31612345678
  alice             PJSIP/1001-00000002   1.2 1.1  1001
  alice_consulting  PJSIP/1001-00000003   1.3      1001
  gijs              PJSIP/1007-00000004   1.4 1.3  1007

Events
  09:00:00.0  Newchannel        caller                   ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten          caller                   Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.0  Newexten          caller                   Context=ext-local Extension=1001 Priority=1 Application=Gosub AppData=sub-dial-ext,s,1(1001,15)
  09:00:00.1  Newchannel        alice                    ChannelState=0 Exten=s
  09:00:00.1  DialBegin         caller > alice           DialString=1001
  09:00:03.1  DialEnd           caller > alice           DialStatus=ANSWER
  09:00:03.1  BridgeEnter       alice                    BridgeUniqueid=b1
  09:00:03.1  BridgeEnter       caller                   BridgeUniqueid=b1
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
  09:00:50.1  HangupRequest     caller                   Cause=16
  09:00:50.1  BridgeLeave       caller                   BridgeUniqueid=b2
  09:00:50.1  BridgeLeave       gijs                     BridgeUniqueid=b2 Linkedid=1.1
  09:00:50.1  Hangup            caller                   Cause=16
  09:00:50.1  Hangup            gijs                     Cause=16 Linkedid=1.1

Calls
  direction  outcome   by    wait  talk  hold  duration  transfers  ended_by
  incoming   answered  1001  3     47    10    47        1          caller
Legs
  extension  outcome   ring  talk  hold
  1001       answered  3     17    10
  1007       answered  4     36    0
Visits
  group  outcome
