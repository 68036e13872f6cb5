A missed caller calls again and is answered

Channels
  caller       PJSIP/trunk-00000001  1.1      +31612345678
  alice        PJSIP/1001-00000002   1.2 1.1  1001
  again        PJSIP/trunk-00000003  1.3      +31612345678
  alice_again  PJSIP/1001-00000004   1.4 1.3  1001

Events
  09:00:00.0  Newchannel     caller               ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller               Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.1  Newchannel     alice                ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice       DialString=1001
  09:00:05.1  HangupRequest  caller               Cause=127
  09:00:05.1  DialEnd        caller > alice       DialStatus=CANCEL
  09:00:05.1  Hangup         alice                Cause=127
  09:00:05.1  Hangup         caller               Cause=127
  09:15:00.0  Newchannel     again                ChannelState=4 Context=from-trunk Exten=+31201230002
  09:15:00.0  Newexten       again                Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:15:00.1  Newchannel     alice_again          ChannelState=0 Exten=s
  09:15:00.1  DialBegin      again > alice_again  DialString=1001
  09:15:03.0  DialEnd        again > alice_again  DialStatus=ANSWER
  09:15:03.0  BridgeEnter    alice_again          BridgeUniqueid=b8
  09:15:03.0  BridgeEnter    again                BridgeUniqueid=b8
  09:15:23.0  HangupRequest  again                Cause=16
  09:15:23.0  BridgeLeave    again                BridgeUniqueid=b8
  09:15:23.0  BridgeLeave    alice_again          BridgeUniqueid=b8
  09:15:23.0  Hangup         alice_again          Cause=16
  09:15:23.0  Hangup         again                Cause=16

Calls
  direction  outcome
  incoming   abandoned
  incoming   answered
Missed
  outside       state      closed
  +31612345678  came_back  09:15:00
