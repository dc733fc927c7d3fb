#include "COpcodes.h"
