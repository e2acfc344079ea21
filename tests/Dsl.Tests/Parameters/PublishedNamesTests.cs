using Dsl.Runtime;
using TorchSharp;
using Xunit;
using Zoo;
using static TorchSharp.torch;

namespace Dsl.Tests.Parameters;

/// <summary>
/// Checkpoints under the names of torchvision and Hugging Face, with all that these save (tests/goldens/published.py), go
/// strictly into models of the zoo's blocks, which then compute what the networks that wrote them do.
/// </summary>
public sealed class PublishedNamesTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void ResNet_of_basic_blocks()
    {
        using var net = new SmallBasicResNet(new Generator(1));
        Check("resnet_basic", net, net.LoadPretrained, golden => net.forward(golden["input"]));
    }

    [Fact]
    public void ResNet_of_bottlenecks()
    {
        using var net = new SmallBottleneckResNet(new Generator(1));
        Check("resnet_bottleneck", net, net.LoadPretrained, golden => net.forward(golden["input"]));
    }

    [Fact]
    public void Bert()
    {
        using var net = new SmallBert(new Generator(1));
        Check("bert", net, net.LoadPretrained,
            golden => net.forward(golden["input"], golden["sentences"], golden["lengths"]));
    }

    [Fact]
    public void Gpt2_whose_matrices_lie_the_other_way_round()
    {
        using var net = new SmallGpt2(new Generator(1));
        Check("gpt2", net, net.LoadPretrained, golden => net.forward(golden["input"]));
    }

    [Fact]
    public void Gpt2_whose_queries_keys_and_values_are_layers()
    {
        using var net = new SplitQueries(new Generator(1));
        using var weights = Safetensors.Read(Weights("gpt2"));
        Assert.Equal(6, net.LoadPretrained(Weights("gpt2"), strict: false).Loaded.Count);
        using var whole = weights["h.0.attn.c_attn.weight"].t();
        var own = net.state_dict();
        Assert.True(whole.Equals(cat([own["query.weight"], own["key.weight"], own["value.weight"]])));
        Assert.True(weights["h.0.attn.c_attn.bias"].Equals(cat([own["query.bias"], own["key.bias"], own["value.bias"]])));
    }

    [Fact]
    public void Vision_transformer()
    {
        using var net = new SmallVit(new Generator(1));
        Check("vit", net, net.LoadPretrained, golden => net.forward(golden["input"]));
    }

    [Fact]
    public void Half_of_what_is_joined_is_missing_with_its_rest()
    {
        using var weights = Safetensors.Read(Weights("bert"));
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.safetensors"),
            gone = "bert.encoder.layer.1.attention.self.key.bias";
        try
        {
            Safetensors.Write(file, weights.Where(pair => pair.Key != gone).ToDictionary(pair => pair.Key, pair => pair.Value));
            using var net = new SmallBert(new Generator(1));
            var error = Assert.Throws<InvalidDataException>(() => net.LoadPretrained(file));
            Assert.Contains("1 is missing in the file: 9.0.self_attn.in_proj_bias; 2 are not expected: "
                + "bert.encoder.layer.1.attention.self.query.bias, bert.encoder.layer.1.attention.self.value.bias",
                error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_published_sizes_have_a_place_for_each_name()
    {
        Assert.Equal(11_689_512, ImageNetResNet18.ParameterCount);
        Assert.Equal(25_557_032, ImageNetResNet50.ParameterCount);
        Assert.Equal(124_439_808, Gpt2.ParameterCount);
        Assert.Equal(22_565_376, MiniLm.ParameterCount);
    }

    private static void Check(
        string name, nn.Module net, Func<string, bool, LoadedWeights> load, Func<Golden, Tensor> forward)
    {
        var loaded = load(Weights(name), true);
        Assert.Empty(loaded.Missing.Concat(loaded.Unexpected).Concat(loaded.OtherShape));
        net.eval();
        using var noGrad = no_grad();
        var golden = Golden.Load($"published/{name}");
        Close.To(golden["output"], forward(golden), name);
    }

    private static string Weights(string name) => Golden.PathOf($"published/{name}_weights");
}

[Model(3, 64, 64)]
[Pretrained("0", From = "conv1"), Pretrained("1", From = "bn1"), Pretrained("13", From = "fc")]
[Pretrained("4", From = "layer1.0", Times = 2), Pretrained("6", From = "layer2.0", Times = 2)]
[Pretrained("8", From = "layer3.0", Times = 2), Pretrained("10", From = "layer4.0", Times = 2)]
[Conv2d(4, 7, Stride = 2, Padding = 3, Bias = false), BatchNorm2d, ReLU, MaxPool2d(3, Stride = 2, Padding = 1)]
[Use<BasicBlock>(Channels = 4, Times = 2)]
[Use<BasicBlock>(Channels = 6, Stride = 2), Use<BasicBlock>(Channels = 6)]
[Use<BasicBlock>(Channels = 8, Stride = 2), Use<BasicBlock>(Channels = 8)]
[Use<BasicBlock>(Channels = 8, Stride = 2), Use<BasicBlock>(Channels = 8)]
[GlobalAvgPool2d, Linear(5)]
public partial class SmallBasicResNet;

[Model(3, 64, 64)]
[Pretrained("0", From = "conv1"), Pretrained("1", From = "bn1"), Pretrained("13", From = "fc")]
[Pretrained("4", From = "layer1.0", Times = 2), Pretrained("6", From = "layer2.0", Times = 2)]
[Pretrained("8", From = "layer3.0", Times = 2), Pretrained("10", From = "layer4.0", Times = 2)]
[Conv2d(4, 7, Stride = 2, Padding = 3, Bias = false), BatchNorm2d, ReLU, MaxPool2d(3, Stride = 2, Padding = 1)]
[Use<Bottleneck>(Channels = 4, Features = 16, Times = 2)]
[Use<Bottleneck>(Channels = 4, Features = 16, Stride = 2), Use<Bottleneck>(Channels = 4, Features = 16)]
[Use<Bottleneck>(Channels = 6, Features = 24, Stride = 2), Use<Bottleneck>(Channels = 6, Features = 24)]
[Use<Bottleneck>(Channels = 6, Features = 24, Stride = 2), Use<Bottleneck>(Channels = 6, Features = 24)]
[GlobalAvgPool2d, Linear(5)]
public partial class SmallBottleneckResNet;

[Model(10, Elements = Elements.Index), Input("sentences", 10, Elements = Elements.Index), Lengths,
    Pretrained("0", From = "bert.embeddings.word_embeddings"), Pretrained("1", From = "bert.embeddings.position_embeddings"),
    Pretrained("4", From = "bert.embeddings.token_type_embeddings"), Pretrained("6", From = "bert.embeddings.LayerNorm"),
    Pretrained("8", From = "bert.encoder.layer.0", Times = 2), Pretrained("11", From = "bert.pooler.dense"),
    UnusedPretrained("bert.embeddings.position_ids"), UnusedPretrained("cls")]
[Embedding(20, 8), PositionalEmbedding(12), Tag("words")]
[From("sentences"), Embedding(2, 8), Add("words"), LayerNorm(Epsilon = 1e-12), Dropout(0.1)]
[Use<BertLayer>(Heads = 2, Hidden = 512, Times = 2), Place(0), Linear(8), Tanh]
public partial class SmallBert;

[Model(12, Elements = Elements.Index), Pretrained("0", From = "wte"), Pretrained("1", From = "wpe"),
    Pretrained("3", From = "h.0", Times = 2), Pretrained("5", From = "ln_f")]
[Embedding(20, 8, Share = "words"), PositionalEmbedding, Dropout(0.1)]
[Use<GptLayer>(Heads = 4, Hidden = 512, Times = 2), LayerNorm, Linear(20, Bias = false, Share = "words")]
public partial class SmallGpt2;

[Model(8)]
[Pretrained("query", From = "h.0.attn.c_attn", Parts = 3, Part = 0, Transposed = true)]
[Pretrained("key", From = "h.0.attn.c_attn", Parts = 3, Part = 1, Transposed = true)]
[Pretrained("value", From = "h.0.attn.c_attn", Parts = 3, Part = 2, Transposed = true)]
public partial class SplitQueries
{
    [Linear(8)] private partial Tensor query(Tensor x);

    [Linear(8)] private partial Tensor key(Tensor x);

    [Linear(8)] private partial Tensor value(Tensor x);

    public Tensor Forward(Tensor x) => query(x) + key(x) + value(x);
}

[Model(3, 16, 16), Pretrained("0", From = "conv_proj"), Pretrained("3.class_token", From = "class_token"),
    Pretrained("4.weight", From = "encoder.pos_embedding"), Pretrained("6", From = "encoder.layers.encoder_layer_0", Times = 2),
    Pretrained("8", From = "encoder.ln"), Pretrained("10", From = "heads.head")]
[Conv2d(12, 4, Stride = 4), Reshape(12, 16), Permute(2, 1), ClassToken, PositionalEmbedding, Dropout(0.1)]
[Use<VisionLayer>(Heads = 3, Hidden = 768, Times = 2), LayerNorm(Epsilon = 1e-6), Place(0), Linear(5)]
public partial class SmallVit;
