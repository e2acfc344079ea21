"""Sequences of different lengths in one batch: lengths [N] count the places of each that are its own, the others are padding.

attention    keys behind the end have the score -∞: torch.nn's key_padding_mask
recurrence   pack_padded_sequence: a backward direction begins at each sequence's own end, the last state is that of its own last
             element
mean         the sum over own places, divided by the length
losses       the mean over own places of all sequences; labels behind the end are not read

Every case is computed twice: by PyTorch's masks on the batch, and each sequence alone, cut to its length.
"""
import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from case import Case, assert_close, normal
from networks import gradients, state

LENGTHS = torch.tensor([3, 6, 1, 5])
PLACES = 6


def padding(lengths):
    return torch.arange(PLACES)[None] >= lengths[:, None]


class Packed(nn.Module):
    """A layer of torch.nn in packed form; alone it reads the sequence as it is."""

    def __init__(self, kind, *arguments, states="all", **settings):
        super().__init__()
        self.layer, self.states = kind(*arguments, batch_first=True, **settings), states

    def forward(self, x, lengths):
        given = x if lengths is None else pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        output, last = self.layer(given)
        if self.states == "last":
            last = last[0] if isinstance(last, tuple) else last
            return torch.cat(list(last[-(2 if self.layer.bidirectional else 1):]), 1)
        return output if lengths is None else pad_packed_sequence(output, batch_first=True, total_length=PLACES)[0]


class Attention(nn.Module):
    def __init__(self, *arguments):
        super().__init__()
        self.layer = nn.MultiheadAttention(*arguments, batch_first=True)

    def forward(self, x, lengths):
        mask = None if lengths is None else padding(lengths)
        return self.layer(x, x, x, key_padding_mask=mask, need_weights=False)[0]


class Encoder(nn.Module):
    def __init__(self, *arguments, **settings):
        super().__init__()
        self.layer = nn.TransformerEncoderLayer(*arguments, dropout=0.0, batch_first=True, **settings)

    def forward(self, x, lengths):
        return self.layer(x, src_key_padding_mask=None if lengths is None else padding(lengths))


class Decoder(nn.Module):
    """Attends to the batch itself as it came in."""

    def __init__(self, *arguments):
        super().__init__()
        self.layer = nn.TransformerDecoderLayer(*arguments, dropout=0.0, batch_first=True)

    def forward(self, x, lengths):
        mask = None if lengths is None else padding(lengths)
        later = torch.full((x.shape[1], x.shape[1]), float("-inf"), dtype=x.dtype).triu(1)
        return self.layer(x, x, tgt_mask=later, tgt_key_padding_mask=mask, memory_key_padding_mask=mask)


class Mean(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 5)

    def forward(self, x, lengths):
        y = torch.tanh(self.layer(x))
        if lengths is None:
            return y.mean(1)
        return y.masked_fill(padding(lengths)[..., None], 0).sum(1) / lengths[:, None]


def own(output, lengths):
    return output.masked_fill(padding(lengths)[..., None], 0) if output.dim() == 3 else output


def alone(network, input, i):
    """What a network gives for a sequence that is cut to its length."""
    return network(input[i:i + 1, :LENGTHS[i]], None)


def named(tensors):
    """Without the name of the layer inside of its wrapper."""
    return {name.replace("layer.", "0.", 1): value for name, value in tensors.items()}


def layer_case(name, network, dtype):
    network = network.to(dtype).train()
    input, output_gradient = normal(len(LENGTHS), PLACES, 4, dtype=dtype), None
    x = input.clone().requires_grad_()
    output = own(network(x, LENGTHS), LENGTHS)
    output_gradient = own(normal(*output.shape, dtype=dtype), LENGTHS)
    output.backward(output_gradient)
    tensors = {"input": input, "lengths": LENGTHS, "output_gradient": output_gradient, "output": output.detach(),
               "input_gradient": x.grad, **named(state(network)),
               **{name + ".gradient": value for name, value in named(gradients(network)).items()}}
    for i, length in enumerate(LENGTHS):
        single = alone(network, input, i)[0]
        assert_close(output[i, :length] if output.dim() == 3 else output[i], single, f"sequence {i} alone")
    return Case(name, tensors, {})


def train(name, term, loss, labels, dtype, head):
    """Three steps of SGD on tokens [N, T] with a label or a target at each place."""
    network = nn.Sequential(nn.Embedding(9, 4), Packed(nn.GRU, 4, 3, bidirectional=True), nn.Linear(6, head)).to(dtype)

    def predict(tokens, lengths):
        return network[2](network[1](network[0](tokens), lengths))

    def renamed(tensors):
        return {key.replace("1.layer.", "1."): value for key, value in tensors.items()}

    tensors = {f"initial.{key}": value for key, value in renamed(state(network)).items()}
    for step in range(3):
        lengths = torch.randint(1, PLACES + 1, (5,))
        lengths[step] = PLACES
        tokens, label = torch.randint(0, 9, (5, PLACES)), labels(5, PLACES)
        network.zero_grad()
        logits = predict(tokens, lengths)
        total = loss(logits[~padding(lengths)], label[~padding(lengths)])
        total.backward()
        each = [(predict(tokens[i:i + 1, :n], None)[0], label[i, :n]) for i, n in enumerate(lengths)]
        assert_close(total, loss(torch.cat([z for z, _ in each]), torch.cat([y for _, y in each])), "each sequence alone")
        at = f"step{step}."
        tensors |= {at + "batch.input": tokens, at + "batch.lengths": lengths, at + "batch.label": label,
                    at + "loss.total": total.detach(), at + "loss." + term: total.detach()}
        tensors |= {f"{at}gradient.{key}": value for key, value in renamed(gradients(network)).items()}
        with torch.no_grad():
            for parameter in network.parameters():
                parameter -= 0.5 * parameter.grad
        tensors |= {f"{at}after.{key}": value for key, value in renamed(state(network)).items()}
    return Case(name, tensors, {})


def cases(dtype):
    yield layer_case("attention", Attention(4, 2), dtype)
    yield layer_case("encoder", Encoder(4, 2, 8), dtype)
    yield layer_case("encoder_norm_first", Encoder(4, 2, 8, norm_first=True), dtype)
    yield layer_case("decoder", Decoder(4, 2, 8), dtype)
    yield layer_case("rnn", Packed(nn.RNN, 4, 3, 2, bidirectional=True), dtype)
    yield layer_case("lstm", Packed(nn.LSTM, 4, 3, 2, bidirectional=True), dtype)
    yield layer_case("lstm_last", Packed(nn.LSTM, 4, 3, bidirectional=True, states="last"), dtype)
    yield layer_case("gru", Packed(nn.GRU, 4, 3, bidirectional=True), dtype)
    yield layer_case("gru_last", Packed(nn.GRU, 4, 3, 2, bidirectional=True, states="last"), dtype)
    yield layer_case("mean", Mean(), dtype)

    def classes(samples, places):
        label = torch.randint(0, 3, (samples, places))
        label[0, 0] = -100
        return label

    def numbers(samples, places):
        return normal(samples, places, 2, dtype=dtype)

    yield train("cross_entropy", "cross_entropy", F.cross_entropy, classes, dtype, 3)
    yield train("smoothing", "cross_entropy", lambda z, y: F.cross_entropy(z, y, label_smoothing=0.1), classes, dtype, 3)
    yield train("squared", "meansquarederror", F.mse_loss, numbers, dtype, 2)
    yield train("absolute", "l1", F.l1_loss, numbers, dtype, 2)
    yield train("huber", "huber", lambda z, y: F.huber_loss(z, y, delta=0.7), numbers, dtype, 2)
