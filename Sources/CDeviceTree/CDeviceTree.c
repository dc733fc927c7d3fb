#include "CDeviceTree.h"
