Two calls at half past two, an hour apart

25 October 2026: the hour from two to three comes twice.

Channels
  caller        PJSIP/trunk-00000001  1.1      +31612345678
  alice         PJSIP/1001-00000002   1.2 1.1  1001
  second        PJSIP/trunk-00000003  1.3      +31687654321
  alice_second  PJSIP/1001-00000004   1.4 1.3  1001

Events
  2026-10-25 02:30:00.0+02:00  Newchannel     caller                 ChannelState=4 Context=from-trunk Exten=+31201230002
  2026-10-25 02:30:00.0+02:00  Newexten       caller                 Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  2026-10-25 02:30:00.0+02:00  Newchannel     alice                  ChannelState=0 Exten=s
  2026-10-25 02:30:00.0+02:00  DialBegin      caller > alice         DialString=1001
  2026-10-25 02:30:05.0+02:00  DialEnd        caller > alice         DialStatus=ANSWER
  2026-10-25 02:30:05.0+02:00  BridgeEnter    alice                  BridgeUniqueid=b1
  2026-10-25 02:30:05.0+02:00  BridgeEnter    caller                 BridgeUniqueid=b1
  2026-10-25 02:30:15.0+02:00  HangupRequest  caller                 Cause=16
  2026-10-25 02:30:15.0+02:00  BridgeLeave    caller                 BridgeUniqueid=b1
  2026-10-25 02:30:15.0+02:00  BridgeLeave    alice                  BridgeUniqueid=b1
  2026-10-25 02:30:15.0+02:00  Hangup         alice                  Cause=16
  2026-10-25 02:30:15.0+02:00  Hangup         caller                 Cause=16
  2026-10-25 02:30:00.0+01:00  Newchannel     second                 ChannelState=4 Context=from-trunk Exten=+31201230002
  2026-10-25 02:30:00.0+01:00  Newexten       second                 Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  2026-10-25 02:30:00.0+01:00  Newchannel     alice_second           ChannelState=0 Exten=s
  2026-10-25 02:30:00.0+01:00  DialBegin      second > alice_second  DialString=1001
  2026-10-25 02:30:05.0+01:00  DialEnd        second > alice_second  DialStatus=ANSWER
  2026-10-25 02:30:05.0+01:00  BridgeEnter    alice_second           BridgeUniqueid=b2
  2026-10-25 02:30:05.0+01:00  BridgeEnter    second                 BridgeUniqueid=b2
  2026-10-25 02:30:25.0+01:00  HangupRequest  second                 Cause=16
  2026-10-25 02:30:25.0+01:00  BridgeLeave    second                 BridgeUniqueid=b2
  2026-10-25 02:30:25.0+01:00  BridgeLeave    alice_second           BridgeUniqueid=b2
  2026-10-25 02:30:25.0+01:00  Hangup         alice_second           Cause=16
  2026-10-25 02:30:25.0+01:00  Hangup         second                 Cause=16

Calls
  started         caller        talk
  02:30:00+02:00  +31612345678  10
  02:30:00+01:00  +31687654321  20
