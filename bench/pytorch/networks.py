"""Networks of workloads that take more than a list of layers."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class BasicBlock(nn.Module):
    """Two convolutions and a shortcut (He et al. 2016), as in torchvision."""

    def __init__(self, channels, features, stride):
        super().__init__()
        self.main = nn.Sequential(
            nn.Conv2d(channels, features, 3, stride, 1, bias=False), nn.BatchNorm2d(features), nn.ReLU(inplace=True),
            nn.Conv2d(features, features, 3, padding=1, bias=False), nn.BatchNorm2d(features))
        self.shortcut = nn.Identity() if stride == 1 and channels == features else nn.Sequential(
            nn.Conv2d(channels, features, 1, stride, bias=False), nn.BatchNorm2d(features))

    def forward(self, x):
        return self.main(x).add_(self.shortcut(x)).relu_()


def ResNet18(classes=10):
    """With the stem for 32x32 images."""
    sizes = [(64, 64, 1), (64, 64, 1), (64, 128, 2), (128, 128, 1), (128, 256, 2), (256, 256, 1), (256, 512, 2), (512, 512, 1)]
    return nn.Sequential(
        nn.Conv2d(3, 64, 3, padding=1, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True),
        *(BasicBlock(*size) for size in sizes), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, classes))


class WideBlock(nn.Module):
    """Normalisation and activation before each convolution (Zagoruyko and Komodakis 2016)."""

    def __init__(self, channels, features, stride):
        super().__init__()
        self.main = nn.Sequential(
            nn.BatchNorm2d(channels), nn.ReLU(inplace=True), nn.Conv2d(channels, features, 3, stride, 1, bias=False),
            nn.BatchNorm2d(features), nn.ReLU(inplace=True), nn.Conv2d(features, features, 3, padding=1, bias=False))
        self.shortcut = (nn.Identity() if stride == 1 and channels == features
                         else nn.Conv2d(channels, features, 1, stride, bias=False))

    def forward(self, x):
        return self.main(x).add_(self.shortcut(x))


def WideResNet(classes=10):
    """WRN-28-2."""
    sizes = [(channels if index == 0 else features, features, stride if index == 0 else 1)
             for channels, features, stride in [(16, 32, 1), (32, 64, 2), (64, 128, 2)] for index in range(4)]
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, padding=1, bias=False), *(WideBlock(*size) for size in sizes),
        nn.BatchNorm2d(128), nn.ReLU(inplace=True), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(128, classes))


class VisionTransformer(nn.Module):
    """ViT-Ti/4 for 32x32 images (Dosovitskiy et al. 2020)."""

    def __init__(self, features=192, heads=3, layers=12, classes=10):
        super().__init__()
        self.patches = nn.Conv2d(3, features, 4, 4)
        self.token = nn.Parameter(torch.zeros(1, 1, features))
        self.places = nn.Parameter(torch.empty(65, features).normal_(0, 0.02))
        self.layers = nn.ModuleList(nn.TransformerEncoderLayer(features, heads, 4 * features, dropout=0.0, activation=F.gelu,
                                                               batch_first=True, norm_first=True) for _ in range(layers))
        self.norm, self.head = nn.LayerNorm(features), nn.Linear(features, classes)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(len(x), -1, -1), x], 1) + self.places
        for layer in self.layers:
            x = layer(x)
        return self.head(self.norm(x)[:, 0])


class Gcn(nn.Module):
    """Two graph convolutions (Kipf and Welling 2017)."""

    def __init__(self, features=1433, hidden=16, classes=7):
        super().__init__()
        self.first, self.first_bias = nn.Linear(features, hidden, bias=False), nn.Parameter(torch.zeros(hidden))
        self.second, self.second_bias = nn.Linear(hidden, classes, bias=False), nn.Parameter(torch.zeros(classes))

    def forward(self, x, adjacency):
        x = F.relu(torch.sparse.mm(adjacency, self.first(x)) + self.first_bias)
        return torch.sparse.mm(adjacency, self.second(x)) + self.second_bias


class Denoiser(nn.Module):
    """Tells noise from images of 8x8, by an embedding of the level."""

    def __init__(self, levels):
        super().__init__()
        self.levels = nn.Embedding(levels, 64)
        self.layers = nn.Sequential(nn.Linear(128, 256), nn.SiLU(), nn.Linear(256, 256), nn.SiLU(), nn.Linear(256, 64))

    def forward(self, images, level):
        return self.layers(torch.cat([images.flatten(1), self.levels(level)], 1)).view_as(images)
