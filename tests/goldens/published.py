"""Checkpoints as PyTorch's libraries write them: networks whose parts are named, and whose tensors lie, as those of torchvision's
ResNet and vision transformer and of Hugging Face's BERT and GPT-2, small, with random numbers, and what they compute.

`<network>_weights` is the state dictionary as it would be saved, with all that these libraries save beside the weights;
`<network>` has `input` (and what else it takes) and `output`, of a network in evaluation mode. Everything is written out here by
torch.nn's modules or plain operations; none of these libraries is asked.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn

from case import Case, assert_close, normal, uniform


class BasicBlock(nn.Module):
    def __init__(self, into, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(into, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.downsample = None
        if stride != 1 or into != channels:
            self.downsample = nn.Sequential(nn.Conv2d(into, channels, 1, stride, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        shortcut = x if self.downsample is None else self.downsample(x)
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + shortcut)


class Bottleneck(nn.Module):
    """The stride is in the 3x3 convolution, as in torchvision, not in the first one, as in the paper."""

    def __init__(self, into, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(into, channels, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.conv3 = nn.Conv2d(channels, 4 * channels, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * channels)
        self.downsample = None
        if stride != 1 or into != 4 * channels:
            self.downsample = nn.Sequential(nn.Conv2d(into, 4 * channels, 1, stride, bias=False), nn.BatchNorm2d(4 * channels))

    def forward(self, x):
        shortcut = x if self.downsample is None else self.downsample(x)
        hidden = F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))
        return F.relu(self.bn3(self.conv3(hidden)) + shortcut)


class ResNet(nn.Module):
    def __init__(self, block, expansion, widths, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, widths[0], 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(widths[0])
        into = widths[0]
        for stage, width in enumerate(widths):
            first = block(into, width, 1 if stage == 0 else 2)
            into = expansion * width
            setattr(self, f"layer{stage + 1}", nn.Sequential(first, block(into, width, 1)))
        self.fc = nn.Linear(into, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        for stage in (self.layer1, self.layer2, self.layer3, self.layer4):
            x = stage(x)
        return self.fc(x.mean((2, 3)))


def holder(**children):
    """A module that has others under names."""
    module = nn.Module()
    for name, child in children.items():
        setattr(module, name, child)
    return module


def heads(x, count):
    n, t, d = x.shape
    return x.view(n, t, count, d // count).transpose(1, 2)


def attend(q, k, v, count, added):
    """Scaled dot products of [N, T, D], `added` to the scores [N, count, T, T]."""
    q, k, v = (heads(x, count) for x in (q, k, v))
    weights = (q @ k.transpose(2, 3) / math.sqrt(q.shape[-1]) + added).softmax(-1)
    return (weights @ v).transpose(1, 2).flatten(2)


class BertLayer(nn.Module):
    def __init__(self, d, hidden, count):
        super().__init__()
        self.count = count
        self.attention = holder(
            self=holder(query=nn.Linear(d, d), key=nn.Linear(d, d), value=nn.Linear(d, d)),
            output=holder(dense=nn.Linear(d, d), LayerNorm=nn.LayerNorm(d, eps=1e-12)))
        self.intermediate = holder(dense=nn.Linear(d, hidden))
        self.output = holder(dense=nn.Linear(hidden, d), LayerNorm=nn.LayerNorm(d, eps=1e-12))

    def forward(self, x, added):
        maps = getattr(self.attention, "self")
        attended = attend(maps.query(x), maps.key(x), maps.value(x), self.count, added)
        x = self.attention.output.LayerNorm(x + self.attention.output.dense(attended))
        return self.output.LayerNorm(x + self.output.dense(F.gelu(self.intermediate.dense(x))))


class Bert(nn.Module):
    """BertForPreTraining: the encoder with its pooler, and heads that are not asked here."""

    def __init__(self, words, places, d, hidden, count, layers):
        super().__init__()
        embeddings = holder(word_embeddings=nn.Embedding(words, d), position_embeddings=nn.Embedding(places, d),
                            token_type_embeddings=nn.Embedding(2, d), LayerNorm=nn.LayerNorm(d, eps=1e-12))
        embeddings.register_buffer("position_ids", torch.arange(places)[None])
        self.bert = holder(embeddings=embeddings,
                           encoder=holder(layer=nn.ModuleList([BertLayer(d, hidden, count) for _ in range(layers)])),
                           pooler=holder(dense=nn.Linear(d, d)))
        self.cls = holder(predictions=holder(transform=holder(dense=nn.Linear(d, d))), seq_relationship=nn.Linear(d, 2))

    def forward(self, tokens, sentences, lengths):
        e = self.bert.embeddings
        places = e.position_ids[:, :tokens.shape[1]]
        x = e.LayerNorm(e.word_embeddings(tokens) + e.token_type_embeddings(sentences) + e.position_embeddings(places))
        behind = torch.arange(tokens.shape[1])[None] >= lengths[:, None]
        added = torch.zeros(behind.shape, dtype=x.dtype).masked_fill(behind, -math.inf)[:, None, None]
        for layer in self.bert.encoder.layer:
            x = layer(x, added)
        return torch.tanh(self.bert.pooler.dense(x[:, 0]))


class Conv1D(nn.Module):
    """A linear layer whose matrix lies as [in, out]."""

    def __init__(self, into, out):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.empty(into, out)), nn.Parameter(torch.empty(out))

    def forward(self, x):
        return x @ self.weight + self.bias


class GptBlock(nn.Module):
    def __init__(self, d, hidden, count, places):
        super().__init__()
        self.count = count
        self.ln_1, self.ln_2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.attn = holder(c_attn=Conv1D(d, 3 * d), c_proj=Conv1D(d, d))
        self.attn.register_buffer("bias", torch.ones(places, places, dtype=torch.bool).tril()[None, None])
        self.mlp = holder(c_fc=Conv1D(d, hidden), c_proj=Conv1D(hidden, d))

    def forward(self, x):
        t = x.shape[1]
        added = torch.zeros(t, t, dtype=x.dtype).masked_fill(~self.attn.bias[0, 0, :t, :t], -math.inf)
        q, k, v = self.attn.c_attn(self.ln_1(x)).chunk(3, -1)
        x = x + self.attn.c_proj(attend(q, k, v, self.count, added))
        h = self.mlp.c_fc(self.ln_2(x))
        smooth = 0.5 * h * (1 + torch.tanh(math.sqrt(2 / math.pi) * (h + 0.044715 * h ** 3)))
        return x + self.mlp.c_proj(smooth)


class Gpt2(nn.Module):
    """The output's matrix is that of the words."""

    def __init__(self, words, places, d, hidden, count, layers):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(words, d), nn.Embedding(places, d)
        self.h = nn.ModuleList([GptBlock(d, hidden, count, places) for _ in range(layers)])
        self.ln_f = nn.LayerNorm(d)

    def forward(self, tokens):
        x = self.wte(tokens) + self.wpe.weight[:tokens.shape[1]]
        for block in self.h:
            x = block(x)
        return self.ln_f(x) @ self.wte.weight.T


class VisionLayer(nn.Module):
    def __init__(self, d, hidden, count):
        super().__init__()
        self.count = count
        self.ln_1, self.ln_2 = nn.LayerNorm(d, eps=1e-6), nn.LayerNorm(d, eps=1e-6)
        self.self_attention = nn.MultiheadAttention(d, count, batch_first=True)
        self.mlp = nn.Sequential(nn.Linear(d, hidden), nn.GELU(), nn.Dropout(0.0), nn.Linear(hidden, d))

    def forward(self, x):
        y, own = self.ln_1(x), self.self_attention
        q, k, v = F.linear(y, own.in_proj_weight, own.in_proj_bias).chunk(3, -1)
        attended = own.out_proj(attend(q, k, v, self.count, 0.0))
        assert_close(attended.detach(), own(y, y, y)[0].detach(), "torch's attention")
        x = x + attended
        return x + self.mlp(self.ln_2(x))


class VisionTransformer(nn.Module):
    def __init__(self, patches, d, hidden, count, layers, classes):
        super().__init__()
        self.class_token = nn.Parameter(torch.empty(1, 1, d))
        self.conv_proj = nn.Conv2d(3, d, 4, 4)
        self.encoder = holder(
            layers=holder(**{f"encoder_layer_{i}": VisionLayer(d, hidden, count) for i in range(layers)}),
            ln=nn.LayerNorm(d, eps=1e-6))
        self.encoder.pos_embedding = nn.Parameter(torch.empty(1, patches + 1, d))
        self.heads = holder(head=nn.Linear(d, classes))

    def forward(self, x):
        x = self.conv_proj(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.class_token.expand(len(x), -1, -1), x], 1) + self.encoder.pos_embedding
        for layer in self.encoder.layers.children():
            x = layer(x)
        return self.heads.head(self.encoder.ln(x)[:, 0])


def filled(network, dtype):
    """The network in evaluation mode, with random numbers in all its parts."""
    network = network.to(dtype).eval()
    with torch.no_grad():
        for name, tensor in network.state_dict().items():
            if name.endswith("running_var"):
                tensor.copy_(uniform(*tensor.shape, dtype=dtype, low=0.5, high=1.5))
            elif name.endswith("num_batches_tracked"):
                tensor.fill_(100)
            elif tensor.is_floating_point():
                inner = tensor[0].numel() if tensor.dim() > 1 else 1
                is_scale = tensor.dim() == 1 and name.endswith("weight")
                scale = 0.2 if inner == 1 else inner ** -0.5
                tensor.copy_(normal(*tensor.shape, dtype=dtype, scale=scale, shift=float(is_scale)))
    return network


def pair(name, network, dtype, **inputs):
    network = filled(network, dtype)
    with torch.no_grad():
        output = network(*inputs.values())
    yield Case(f"{name}_weights", dict(network.state_dict()), {})
    yield Case(name, inputs | {"output": output}, {})


def cases(dtype):
    yield from pair("resnet_basic", ResNet(BasicBlock, 1, (4, 6, 8, 8), 5), dtype, input=normal(2, 3, 64, 64, dtype=dtype))
    yield from pair("resnet_bottleneck", ResNet(Bottleneck, 4, (4, 4, 6, 6), 5), dtype, input=normal(2, 3, 64, 64, dtype=dtype))
    yield from pair("bert", Bert(20, 12, 8, 512, 2, 2), dtype, input=torch.randint(0, 20, (3, 10)),
                    sentences=torch.randint(0, 2, (3, 10)), lengths=torch.tensor([10, 4, 7]))
    yield from pair("gpt2", Gpt2(20, 12, 8, 512, 4, 2), dtype, input=torch.randint(0, 20, (3, 12)))
    yield from pair("vit", VisionTransformer(16, 12, 768, 3, 2, 5), dtype, input=normal(2, 3, 16, 16, dtype=dtype))
