After a restart channel names begin again

The second call has the channel names of the first; only the unique ids differ.

Channels
  caller       PJSIP/trunk-00000001  1.1      +31612345678
  alice        PJSIP/1001-00000002   1.2 1.1  1001
  second       PJSIP/trunk-00000001  1.3      +31687654321
  alice_again  PJSIP/1001-00000002   1.4 1.3  1001

Events
  09:00:00.0  Newchannel     caller                ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller                Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.1  Newchannel     alice                 ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice        DialString=1001
  09:00:03.1  DialEnd        caller > alice        DialStatus=ANSWER
  09:00:03.1  BridgeEnter    alice                 BridgeUniqueid=b1
  09:00:03.1  BridgeEnter    caller                BridgeUniqueid=b1
  09:00:13.1  HangupRequest  caller                Cause=16
  09:00:13.1  BridgeLeave    caller                BridgeUniqueid=b1
  09:00:13.1  BridgeLeave    alice                 BridgeUniqueid=b1
  09:00:13.1  Hangup         alice                 Cause=16
  09:00:13.1  Hangup         caller                Cause=16
  09:00:20.0  Shutdown                             Shutdown=Cleanly Restart=True
  09:00:30.0  FullyBooted                          Status=Fully_Booted Uptime=1 LastReload=1
  09:01:00.0  Newchannel     second                ChannelState=4 Context=from-trunk Exten=+31201230002
  09:01:00.0  Newchannel     alice_again           ChannelState=0 Exten=s
  09:01:00.1  DialBegin      second > alice_again  DialString=1001
  09:01:02.1  DialEnd        second > alice_again  DialStatus=ANSWER
  09:01:02.1  BridgeEnter    alice_again           BridgeUniqueid=b2
  09:01:02.1  BridgeEnter    second                BridgeUniqueid=b2
  09:01:12.1  HangupRequest  second                Cause=16
  09:01:12.1  BridgeLeave    second                BridgeUniqueid=b2
  09:01:12.1  BridgeLeave    alice_again           BridgeUniqueid=b2
  09:01:12.1  Hangup         alice_again           Cause=16
  09:01:12.1  Hangup         second                Cause=16

Calls
  caller        outcome   wait  talk  inferred
  +31612345678  answered  3     10    no
  +31687654321  answered  2     10    no
