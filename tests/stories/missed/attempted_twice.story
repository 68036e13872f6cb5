The second attempt reaches the caller

Closed by the first attempt, reached by the second.

Channels
  caller      PJSIP/trunk-00000001  1.1      +31612345678
  alice       PJSIP/1001-00000002   1.2 1.1  1001
  gijs        PJSIP/1007-00000003   1.3      1007
  far         PJSIP/trunk-00000004  1.4 1.3  +31612345678
  gijs_again  PJSIP/1007-00000005   1.5      1007
  far_again   PJSIP/trunk-00000006  1.6 1.5  +31612345678

Events
  09:00:00.0  Newchannel     caller                  ChannelState=4 Context=from-trunk Exten=+31201230002
  09:00:00.0  Newexten       caller                  Context=from-trunk Extension=+31201230002 Priority=1 Application=Set AppData=FROM_DID=+31201230002
  09:00:00.1  Newchannel     alice                   ChannelState=0 Exten=s
  09:00:00.1  DialBegin      caller > alice          DialString=1001
  09:00:05.1  HangupRequest  caller                  Cause=127
  09:00:05.1  DialEnd        caller > alice          DialStatus=CANCEL
  09:00:05.1  Hangup         alice                   Cause=127
  09:00:05.1  Hangup         caller                  Cause=127
  09:10:00.0  Newchannel     gijs                    ChannelState=4 Context=from-internal Exten=+31612345678
  09:10:00.0  Newexten       gijs                    Context=from-internal Extension=+31612345678 Priority=1 Application=Goto
  09:10:00.0  Newchannel     far                     ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:10:00.0  DialBegin      gijs > far              DialString=+31612345678@trunk
  09:10:10.0  DialEnd        gijs > far              DialStatus=BUSY
  09:10:10.0  Hangup         far                     Cause=17
  09:10:10.0  Hangup         gijs                    Cause=19
  09:20:00.0  Newchannel     gijs_again              ChannelState=4 Context=from-internal Exten=+31612345678
  09:20:00.0  Newexten       gijs_again              Context=from-internal Extension=+31612345678 Priority=1 Application=Goto
  09:20:00.0  Newchannel     far_again               ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:20:00.0  DialBegin      gijs_again > far_again  DialString=+31612345678@trunk
  09:20:05.0  DialEnd        gijs_again > far_again  DialStatus=ANSWER
  09:20:05.0  BridgeEnter    far_again               BridgeUniqueid=b9
  09:20:05.0  BridgeEnter    gijs_again              BridgeUniqueid=b9
  09:20:35.0  HangupRequest  gijs_again              Cause=16
  09:20:35.0  BridgeLeave    gijs_again              BridgeUniqueid=b9
  09:20:35.0  BridgeLeave    far_again               BridgeUniqueid=b9
  09:20:35.0  Hangup         far_again               Cause=16
  09:20:35.0  Hangup         gijs_again              Cause=16

Missed
  outside       state    attempted_at  reached_at  closed
  +31612345678  reached  09:10:00      09:20:00    09:10:00
