using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bench.Eager;

/// <summary>vit-tiny: the twin of <see cref="ViT"/> and its trainers.</summary>
internal sealed class ViTStep() : ClassifierStep(
    new VisionTransformer(), parameters => optim.AdamW(parameters, 1e-4, weight_decay: 0.05))
{
    private sealed class VisionTransformer : nn.Module<Tensor, Tensor>
    {
        private const int Features = 192, Patches = 64;

        private readonly Conv2d _patches = nn.Conv2d(3, Features, 4, stride: 4);
        private readonly Parameter _class = nn.Parameter(zeros(1, 1, Features));
        private readonly Parameter _places = nn.Parameter(randn(Patches + 1, Features) * 0.02);
        private readonly Sequential _layers = nn.Sequential(Enumerable.Range(0, 12)
            .Select(nn.Module<Tensor, Tensor> (_) => new EncoderBlock(Features, 3, isCausal: false)).ToArray());
        private readonly LayerNorm _norm = nn.LayerNorm(Features);
        private readonly Linear _head = nn.Linear(Features, 10);

        public VisionTransformer() : base(nameof(VisionTransformer)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var patches = _patches.call(input).flatten(2).transpose(1, 2);
            var tokens = cat([_class.expand(input.shape[0], 1, Features), patches], 1) + _places;
            return _head.call(_norm.call(_layers.call(tokens)).select(1, 0));
        }
    }
}
