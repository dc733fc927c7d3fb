#include "CElfutils.h"
