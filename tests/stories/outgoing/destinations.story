Where calls go is told by the number: local, national, mobile, free, company, emergency, abroad

The site's own area code is 020. A number that was dialled in another way is the same number.

Channels
  gijs1  PJSIP/1007-00000000  1.1      1007
  far1   PJSIP/trunk-00000001  1.2 1.1  +31201112233
  gijs2  PJSIP/1007-00000002  2.1      1007
  far2   PJSIP/trunk-00000003  2.2 2.1  0302345678
  gijs3  PJSIP/1007-00000004  3.1      1007
  far3   PJSIP/trunk-00000005  3.2 3.1  0612345678
  gijs4  PJSIP/1007-00000006  4.1      1007
  far4   PJSIP/trunk-00000007  4.2 4.1  08001234
  gijs5  PJSIP/1007-00000008  5.1      1007
  far5   PJSIP/trunk-00000009  5.2 5.1  0881234567
  gijs6  PJSIP/1007-000000010  6.1      1007
  far6   PJSIP/trunk-0000000b  6.2 6.1  112
  gijs7  PJSIP/1007-000000012  7.1      1007
  far7   PJSIP/trunk-0000000d  7.2 7.1  003225551212

Events
  09:00:00.0  Newchannel  gijs1          ChannelState=4 Context=from-internal Exten=+31201112233
  09:00:00.1  Newchannel  far1           ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:00:00.1  DialBegin   gijs1 > far1  DialString=+31201112233@trunk
  09:00:05.1  DialEnd     gijs1 > far1  DialStatus=NOANSWER
  09:00:05.1  Hangup      far1           Cause=16
  09:00:05.1  Hangup      gijs1          Cause=19
  09:01:00.0  Newchannel  gijs2          ChannelState=4 Context=from-internal Exten=0302345678
  09:01:00.1  Newchannel  far2           ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:01:00.1  DialBegin   gijs2 > far2  DialString=0302345678@trunk
  09:01:05.1  DialEnd     gijs2 > far2  DialStatus=NOANSWER
  09:01:05.1  Hangup      far2           Cause=16
  09:01:05.1  Hangup      gijs2          Cause=19
  09:02:00.0  Newchannel  gijs3          ChannelState=4 Context=from-internal Exten=0612345678
  09:02:00.1  Newchannel  far3           ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:02:00.1  DialBegin   gijs3 > far3  DialString=0612345678@trunk
  09:02:05.1  DialEnd     gijs3 > far3  DialStatus=NOANSWER
  09:02:05.1  Hangup      far3           Cause=16
  09:02:05.1  Hangup      gijs3          Cause=19
  09:03:00.0  Newchannel  gijs4          ChannelState=4 Context=from-internal Exten=08001234
  09:03:00.1  Newchannel  far4           ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:03:00.1  DialBegin   gijs4 > far4  DialString=08001234@trunk
  09:03:05.1  DialEnd     gijs4 > far4  DialStatus=NOANSWER
  09:03:05.1  Hangup      far4           Cause=16
  09:03:05.1  Hangup      gijs4          Cause=19
  09:04:00.0  Newchannel  gijs5          ChannelState=4 Context=from-internal Exten=0881234567
  09:04:00.1  Newchannel  far5           ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:04:00.1  DialBegin   gijs5 > far5  DialString=0881234567@trunk
  09:04:05.1  DialEnd     gijs5 > far5  DialStatus=NOANSWER
  09:04:05.1  Hangup      far5           Cause=16
  09:04:05.1  Hangup      gijs5          Cause=19
  09:05:00.0  Newchannel  gijs6          ChannelState=4 Context=from-internal Exten=112
  09:05:00.1  Newchannel  far6           ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:05:00.1  DialBegin   gijs6 > far6  DialString=112@trunk
  09:05:05.1  DialEnd     gijs6 > far6  DialStatus=NOANSWER
  09:05:05.1  Hangup      far6           Cause=16
  09:05:05.1  Hangup      gijs6          Cause=19
  09:06:00.0  Newchannel  gijs7          ChannelState=4 Context=from-internal Exten=003225551212
  09:06:00.1  Newchannel  far7           ChannelState=0 Exten=s CallerIDNum=<unknown>
  09:06:00.1  DialBegin   gijs7 > far7  DialString=003225551212@trunk
  09:06:05.1  DialEnd     gijs7 > far7  DialStatus=NOANSWER
  09:06:05.1  Hangup      far7           Cause=16
  09:06:05.1  Hangup      gijs7          Cause=19

Calls
  started   outside        destination    area_code  country
  09:00:00  +31201112233   local          020        NL
  09:01:00  +31302345678   national       030        NL
  09:02:00  +31612345678   mobile         -          NL
  09:03:00  +318001234     free           -          NL
  09:04:00  +31881234567   company        -          NL
  09:05:00  -              emergency      -          NL
  09:06:00  +3225551212    international  -          BE
