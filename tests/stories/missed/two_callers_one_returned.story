Two callers are missed and one is called back

Channels
  caller        PJSIP/trunk-00000001  1.1      +31612345678
  alice         PJSIP/1001-00000002   1.2 1.1  1001
  second        PJSIP/trunk-00000003  1.3      +31687654321
  alice_second  PJSIP/1001-00000004   1.4 1.3  1001
  gijs          PJSIP/1007-00000005   1.5      1007
  far           PJSIP/trunk-00000006  1.6 1.5  +31612345678

Events
  09:00:00.0  Newchannel     caller                 ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller                 Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.1  Newchannel     alice                  ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice         DialString=1001
  09:00:05.1  HangupRequest  caller                 Cause=127
  09:00:05.1  DialEnd        caller > alice         DialStatus=CANCEL
  09:00:05.1  Hangup         alice                  Cause=127
  09:00:05.1  Hangup         caller                 Cause=127
  09:01:00.0  Newchannel     second                 ChannelState=4 Context=from-trunk Exten=+31201230002
  09:01:00.0  Newexten       second                 Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:01:00.1  Newchannel     alice_second           ChannelState=0 Exten=s
  09:01:00.1  DialBegin      second > alice_second  DialString=1001
  09:01:05.1  HangupRequest  second                 Cause=127
  09:01:05.1  DialEnd        second > alice_second  DialStatus=CANCEL
  09:01:05.1  Hangup         alice_second           Cause=127
  09:01:05.1  Hangup         second                 Cause=127
  09:10:00.0  Newchannel     gijs                   ChannelState=4 Context=from-internal Exten=+31612345678
  09:10:00.0  Newexten       gijs                   Context=from-internal Extension=+31612345678 Priority=1 Application=Goto
  09:10:00.0  Newchannel     far                    ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:10:00.0  DialBegin      gijs > far             DialString=+31612345678@trunk
  09:10:05.0  DialEnd        gijs > far             DialStatus=ANSWER
  09:10:05.0  BridgeEnter    far                    BridgeUniqueid=b9
  09:10:05.0  BridgeEnter    gijs                   BridgeUniqueid=b9
  09:10:35.0  HangupRequest  gijs                   Cause=16
  09:10:35.0  BridgeLeave    gijs                   BridgeUniqueid=b9
  09:10:35.0  BridgeLeave    far                    BridgeUniqueid=b9
  09:10:35.0  Hangup         far                    Cause=16
  09:10:35.0  Hangup         gijs                   Cause=16

Missed
  started   outside       state
  09:00:00  +31612345678  reached
  09:01:00  +31687654321  open
